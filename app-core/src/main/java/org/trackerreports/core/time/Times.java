package org.trackerreports.core.time;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Compares {@link Duration}s and {@link Instant}s, and writes them for people. */
public final class Times {

    private Times() {}

    /** The shorter duration, or the earlier instant. */
    public static <T extends Comparable<T>> T min(T one, T other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** The time from now until an instant; zero if it is over. */
    public static Duration until(Instant end, Instant now) {
        return now.isBefore(end) ? Duration.between(now, end) : Duration.ZERO;
    }

    /** A time in UTC, to the second. Rounded up, so that the end of a wait is not over when it is read. */
    public static String text(Instant time) {
        return secondNotBefore(time).toString();
    }

    /** The same with a blank between date and time, without the zone. */
    public static String words(Instant time) {
        return text(time).replace('T', ' ').replace("Z", "");
    }

    /** The first full second that is not before a time. */
    public static Instant secondNotBefore(Instant time) {
        Instant second = time.truncatedTo(ChronoUnit.SECONDS);
        return second.equals(time) ? second : second.plusSeconds(1);
    }

    /** The longer duration, or the later instant. */
    public static <T extends Comparable<T>> T max(T one, T other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
