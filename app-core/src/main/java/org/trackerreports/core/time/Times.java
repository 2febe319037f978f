package org.trackerreports.core.time;

import java.time.Duration;
import java.time.Instant;

/** The smaller or the larger of two {@link Duration}s or {@link Instant}s. */
public final class Times {

    private Times() {}

    /** The shorter duration, or the earlier instant. */
    public static <T extends Comparable<T>> T min(T one, T other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** The longer duration, or the later instant. */
    public static <T extends Comparable<T>> T max(T one, T other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
