package org.trackerreports.core.text;

import java.time.Duration;

/** Formats durations for people. */
public final class Durations {

    private Durations() {}

    /** The two largest units of a duration, such as {@code 3 d 4 h} or {@code 12 s}, without parts of a second. */
    public static String text(Duration length) {
        long seconds = Math.abs(length.toSeconds());
        long[] parts = {seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60};
        String[] units = {"d", "h", "min", "s"};
        int first = 0;
        while (first < parts.length - 1 && parts[first] == 0) {
            first++;
        }
        String text = parts[first] + " " + units[first];
        return first < parts.length - 1 && parts[first + 1] > 0
                ? text + " " + parts[first + 1] + " " + units[first + 1]
                : text;
    }
}
