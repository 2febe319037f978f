package org.trackerreports.store.retention;

import java.time.Duration;
import java.util.Optional;

/**
 * How long reports and history are kept. An absent value means forever. Days of the history are always kept.
 *
 * @param reports how long reports and their payloads are kept, 30 days or more
 * @param hours how long hours of the history are kept, at least as long as reports
 * @param compressAfter age from which TimescaleDB compresses reports, 14 days or more, and hours and days, 30 days or more; absent
 *     for no compression
 */
public record RetentionPolicy(Optional<Duration> reports, Optional<Duration> hours, Optional<Duration> compressAfter) {

    /** Removes nothing and compresses nothing. */
    public static final RetentionPolicy KEEP_EVERYTHING =
            new RetentionPolicy(Optional.empty(), Optional.empty(), Optional.empty());

    /** Minimum for {@link #reports}. */
    public static final Duration MIN_REPORTS = Duration.ofDays(30);

    /** Minimum for {@link #compressAfter}. */
    public static final Duration MIN_COMPRESS_AFTER = Duration.ofDays(14);

    public RetentionPolicy {
        reports.ifPresent(age -> require(age, MIN_REPORTS, "reports are kept"));
        compressAfter.ifPresent(age -> require(age, MIN_COMPRESS_AFTER, "reports stay uncompressed"));
        if (hours.isPresent() && (reports.isEmpty() || hours.get().compareTo(reports.get()) < 0)) {
            throw new IllegalArgumentException("hours are kept for " + days(hours.get())
                    + " days; they must be kept at least as long as reports, which are kept "
                    + reports.map(age -> "for " + days(age) + " days").orElse("forever"));
        }
    }

    private static void require(Duration age, Duration min, String what) {
        if (age.compareTo(min) < 0) {
            throw new IllegalArgumentException(what + " for " + days(age) + " days; the minimum is " + days(min)
                    + " days, because reports can arrive late");
        }
    }

    private static long days(Duration age) {
        return age.toDays();
    }
}
