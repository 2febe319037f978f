package org.trackerreports.simulator.world;

import java.time.Instant;
import java.util.Objects;

/**
 * A tag of the simulated world.
 *
 * @param name unique in its world
 * @param keys which key is on the air when
 * @param route where the tag is
 * @param finders who sees it
 * @param payloadForm layout of its reports
 * @param status the status byte that it broadcasts, 0 to 255
 * @param seenFrom no sighting is generated before this moment
 * @param seenUntil no sighting is generated at or after this moment
 */
public record TagSpec(
        String name,
        KeySchedule keys,
        Route route,
        Finders finders,
        PayloadForm payloadForm,
        int status,
        Instant seenFrom,
        Instant seenUntil) {
    private static final Instant FIRST = Instant.ofEpochSecond(Sighting.EPOCH_2001);
    private static final Instant NEVER = Instant.parse("2137-01-01T00:00:00Z");

    /** Checks the parts. */
    public TagSpec {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A tag needs a name.");
        }
        Objects.requireNonNull(keys, "keys");
        Objects.requireNonNull(route, "route");
        Objects.requireNonNull(finders, "finders");
        Objects.requireNonNull(payloadForm, "payloadForm");
        Sighting.requireByte("Status", status);
        if (seenFrom.isBefore(FIRST) || seenUntil.isAfter(NEVER)) {
            throw new IllegalArgumentException("Reports can tell times from 2001 to 2136 only.");
        }
    }

    /** A tag that is always seen, with mixed payload forms and status 0. */
    public static TagSpec of(String name, KeySchedule keys, Route route, Finders finders) {
        return new TagSpec(name, keys, route, finders, PayloadForm.MIXED, 0, FIRST, NEVER);
    }

    /** The same tag with another payload form. */
    public TagSpec withPayloadForm(PayloadForm form) {
        return new TagSpec(name, keys, route, finders, form, status, seenFrom, seenUntil);
    }

    /** The same tag with another status byte. */
    public TagSpec withStatus(int newStatus) {
        return new TagSpec(name, keys, route, finders, payloadForm, newStatus, seenFrom, seenUntil);
    }

    /** The same tag, seen only from {@code from} (inclusive) to {@code until} (exclusive). */
    public TagSpec seenBetween(Instant from, Instant until) {
        return new TagSpec(name, keys, route, finders, payloadForm, status, from, until);
    }

    /** The same tag, not seen by anybody: only the sightings that are added by hand exist. */
    public TagSpec unseen() {
        return seenBetween(FIRST, FIRST);
    }
}
