package org.trackerreports.store.retention;

import java.time.Duration;
import java.util.Optional;

/**
 * How long things are kept; what is absent is kept for ever. Days of the history are always kept.
 *
 * @param reports how long reports with their payloads are kept, 30 days or more
 * @param hours how long hours of the history are kept, not shorter than reports
 * @param compressAfter age from which TimescaleDB compresses reports, 14 days or more
 */
public record RetentionPolicy(Optional<Duration> reports, Optional<Duration> hours, Optional<Duration> compressAfter) {

    /** Keeps everything as it is. */
    public static final RetentionPolicy KEEP_EVERYTHING =
            new RetentionPolicy(Optional.empty(), Optional.empty(), Optional.empty());

    /** The shortest time for which reports can be kept. */
    public static final Duration SHORTEST_REPORTS = Duration.ofDays(30);

    /** The shortest time for which reports stay uncompressed. */
    public static final Duration SHORTEST_COMPRESS = Duration.ofDays(14);

    public RetentionPolicy {
        reports.ifPresent(age -> require(age, SHORTEST_REPORTS, "reports are kept"));
        compressAfter.ifPresent(age -> require(age, SHORTEST_COMPRESS, "reports stay uncompressed"));
        if (hours.isPresent() && (reports.isEmpty() || hours.get().compareTo(reports.get()) < 0)) {
            throw new IllegalArgumentException("hours are kept for " + days(hours.get())
                    + " days; expected at least as long as reports, which are kept "
                    + reports.map(age -> "for " + days(age) + " days").orElse("for ever"));
        }
    }

    private static void require(Duration age, Duration shortest, String what) {
        if (age.compareTo(shortest) < 0) {
            throw new IllegalArgumentException(what + " for " + days(age) + " days; expected at least " + days(shortest)
                    + " days, so that late reports count");
        }
    }

    private static long days(Duration age) {
        return age.toDays();
    }
}
