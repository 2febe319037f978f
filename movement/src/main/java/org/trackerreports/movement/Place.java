package org.trackerreports.movement;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A place that trackers enter and leave.
 *
 * @param id identifies it in the ids of its transitions
 * @param name 1 to 100 characters, no control characters, no blanks at the ends
 * @param area where it is
 * @param confirm how many equal decisions in a row make a transition, 1 to 100
 * @param dwell how long the first and the last of them are apart at least, up to a day
 * @param maxLag a transition that is recorded later than this after its event is late
 */
public record Place(long id, String name, Area area, int confirm, Duration dwell, Duration maxLag) {

    /** Unless said otherwise. */
    public static final Duration DEFAULT_MAX_LAG = Duration.ofHours(6);

    private static final int LONGEST_NAME = 100;
    private static final int MOST_CONFIRM = 100;
    private static final Duration LONGEST_DWELL = Duration.ofDays(1);
    private static final double LEAST_ACCURACY_LIMIT = 100;
    private static final double LEAST_MARGIN = 30;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public Place {
        Objects.requireNonNull(area, "area");
        if (name.isBlank() || name.codePointCount(0, name.length()) > LONGEST_NAME) {
            throw new IllegalArgumentException("the name of a place must have 1 to " + LONGEST_NAME + " characters");
        }
        if (!name.equals(name.strip()) || name.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "the name of a place must have no control characters, and no blanks at its ends");
        }
        if (confirm < 1 || confirm > MOST_CONFIRM) {
            throw new IllegalArgumentException("confirm is " + confirm + "; it must be 1 to " + MOST_CONFIRM);
        }
        if (dwell.isNegative() || dwell.compareTo(LONGEST_DWELL) > 0) {
            throw new IllegalArgumentException("dwell is " + dwell + "; it must be 0 to 24 hours");
        }
        if (maxLag.isNegative()) {
            throw new IllegalArgumentException("max lag is " + maxLag + "; it must not be negative");
        }
    }

    /** A place where one report is enough, and transitions are late after six hours. */
    public static Place of(long id, String name, Area area) {
        return new Place(id, name, area, 1, Duration.ZERO, DEFAULT_MAX_LAG);
    }

    /**
     * What a report without flags says: {@code IN} if it is inside and its accuracy is at most the radius or 100 m; {@code OUT} if it is
     * further outside than its accuracy and than 30 m. What lies between is the hysteresis.
     */
    public Decision decide(Report report) {
        double outside = area.metresOutside(report.latitude(), report.longitude());
        double accuracy = report.metres();
        if (outside <= 0) {
            return accuracy <= Math.max(area.radiusMetres(), LEAST_ACCURACY_LIMIT) ? Decision.IN : Decision.UNDECIDED;
        }
        return outside >= Math.max(accuracy, LEAST_MARGIN) ? Decision.OUT : Decision.UNDECIDED;
    }

    /** Whether a transition that was recorded at this time is late: stored and shown, but nobody is alerted. */
    public boolean isLate(Transition transition, Instant recordedAt) {
        return Duration.between(transition.eventTime(), recordedAt).compareTo(maxLag) > 0;
    }
}
