package org.trackerreports.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.trackerreports.simulator.world.Finders;
import org.trackerreports.simulator.world.KeySchedule;
import org.trackerreports.simulator.world.KeySchedule.KeyWindow;
import org.trackerreports.simulator.world.PayloadForm;
import org.trackerreports.simulator.world.Position;
import org.trackerreports.simulator.world.Route;
import org.trackerreports.simulator.world.TagSpec;

/**
 * A tag as JSON.
 *
 * @param name unique
 * @param keys advertised keys, base64 or hexadecimal
 * @param rotateSeconds how long each of several keys is on the air; 900 unless given
 * @param windows instead of keys: which key when
 * @param route points, each latitude and longitude in degrees
 * @param metresPerSecond speed along several points; 1 unless given
 * @param routeStart when it leaves the first point; 2026-01-01 unless given
 * @param intervalSeconds one sighting in each; 600 unless given
 * @param accuracy smallest and largest, metres
 * @param confidence smallest and largest
 * @param delaySeconds shortest and longest time until the upload
 * @param payloadForm mixed unless given
 * @param status status byte; 0 unless given
 * @param seenFrom no sighting before
 * @param seenUntil no sighting from then on
 * @param unseen true for a tag that has only the sightings added by hand
 */
record TagJson(
        String name,
        List<String> keys,
        Long rotateSeconds,
        List<WindowJson> windows,
        List<List<Double>> route,
        Double metresPerSecond,
        Instant routeStart,
        Long intervalSeconds,
        List<Integer> accuracy,
        List<Integer> confidence,
        List<Long> delaySeconds,
        PayloadForm payloadForm,
        Integer status,
        Instant seenFrom,
        Instant seenUntil,
        Boolean unseen) {
    private static final Instant ROUTE_START = Instant.parse("2026-01-01T00:00:00Z");

    TagSpec toSpec() {
        if (name == null || (keys == null) == (windows == null)) {
            throw new IllegalArgumentException("A tag needs a name and either keys or windows.");
        }
        TagSpec spec = TagSpec.of(name, schedule(), path(), finders());
        if (payloadForm != null) {
            spec = spec.withPayloadForm(payloadForm);
        }
        if (status != null) {
            spec = spec.withStatus(status);
        }
        if (seenFrom != null || seenUntil != null) {
            spec = spec.seenBetween(
                    seenFrom == null ? spec.seenFrom() : seenFrom, seenUntil == null ? spec.seenUntil() : seenUntil);
        }
        return Boolean.TRUE.equals(unseen) ? spec.unseen() : spec;
    }

    private KeySchedule schedule() {
        if (windows != null) {
            return KeySchedule.windows(windows.stream()
                    .map(w -> new KeyWindow(w.from(), w.until(), key(w.key())))
                    .toList());
        }
        List<byte[]> decoded = keys.stream().map(TagJson::key).toList();
        if (decoded.size() == 1) {
            return KeySchedule.fixed(decoded.get(0));
        }
        return KeySchedule.cycling(decoded, Duration.ofSeconds(rotateSeconds == null ? 900 : rotateSeconds));
    }

    private Route path() {
        if (route == null || route.isEmpty()) {
            throw new IllegalArgumentException("A tag needs a route of at least one point [latitude, longitude].");
        }
        List<Position> points = route.stream()
                .map(p -> {
                    pair(p, "A point of a route");
                    return Position.ofDegrees(p.get(0), p.get(1));
                })
                .toList();
        return points.size() == 1
                ? Route.stayingAt(points.get(0))
                : Route.along(
                        points,
                        routeStart == null ? ROUTE_START : routeStart,
                        metresPerSecond == null ? 1 : metresPerSecond);
    }

    private Finders finders() {
        Finders finders = Finders.every(Duration.ofSeconds(intervalSeconds == null ? 600 : intervalSeconds));
        if (accuracy != null) {
            pair(accuracy, "accuracy");
            finders = finders.withAccuracy(accuracy.get(0), accuracy.get(1));
        }
        if (confidence != null) {
            pair(confidence, "confidence");
            finders = finders.withConfidence(confidence.get(0), confidence.get(1));
        }
        if (delaySeconds != null) {
            pair(delaySeconds, "delaySeconds");
            finders =
                    finders.withDelay(Duration.ofSeconds(delaySeconds.get(0)), Duration.ofSeconds(delaySeconds.get(1)));
        }
        return finders;
    }

    private static void pair(List<?> list, String what) {
        if (list.size() != 2 || list.contains(null)) {
            throw new IllegalArgumentException(what + " is a list of two numbers.");
        }
    }

    private static byte[] key(String text) {
        try {
            return text.length() == 56
                    ? HexFormat.of().parseHex(text)
                    : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("A key is neither base64 nor 56 hexadecimal digits.", e);
        }
    }

    /** One key for a stretch of time. */
    record WindowJson(Instant from, Instant until, String key) {
        WindowJson {
            if (from == null || until == null || key == null) {
                throw new IllegalArgumentException("A window needs from, until and key.");
            }
        }
    }
}
