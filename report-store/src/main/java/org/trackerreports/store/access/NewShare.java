package org.trackerreports.store.access;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be shown to whoever has a link.
 *
 * @param trackers ids, at least one
 * @param from what was seen before is not shown; empty for the time of the creation
 * @param to what was seen from then on is not shown; empty for no end, so that the link shows where the trackers are now
 * @param expires from when on the link shows nothing
 * @param precisionMetres positions are rounded to about this; 0 for not at all
 * @param createdBy who made it, for people
 */
public record NewShare(
        List<Long> trackers,
        Optional<Instant> from,
        Optional<Instant> to,
        Instant expires,
        int precisionMetres,
        String createdBy) {

    public NewShare {
        trackers = List.copyOf(trackers);
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(expires, "expires");
        Objects.requireNonNull(createdBy, "createdBy");
        if (trackers.isEmpty() || precisionMetres < 0) {
            throw new IllegalArgumentException("a share has one tracker or more, and a precision that is not negative");
        }
    }
}
