package org.trackerreports.tools.report;

import java.time.Duration;
import java.time.Instant;

/** How long ago something was, for people. */
public final class Age {

    private Age() {}

    /** The largest two units, such as {@code 3 d 4 h}; of what is still to come with a minus before it. */
    public static String of(Instant time, Instant now) {
        Duration age = Duration.between(time, now);
        return age.isNegative() ? "-" + words(age.negated()) : words(age);
    }

    private static String words(Duration length) {
        if (length.toDays() > 0) {
            return length.toDays() + " d " + length.toHoursPart() + " h";
        }
        if (length.toHours() > 0) {
            return length.toHours() + " h " + length.toMinutesPart() + " min";
        }
        return length.toMinutes() > 0 ? length.toMinutes() + " min" : length.toSeconds() + " s";
    }
}
