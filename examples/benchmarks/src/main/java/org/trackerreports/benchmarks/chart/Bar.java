package org.trackerreports.benchmarks.chart;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A figure of a table, as a bar.
 *
 * @param label what it is of
 * @param figure how the table writes it, beginning with its number; a dash if there is none
 * @param remark what is written behind it, or nothing
 * @param highlighted whether it is this project's
 */
public record Bar(String label, String figure, String remark, boolean highlighted) {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9][0-9,]*(\\.[0-9]+)?");
    private static final String NONE = "–";

    /** Checks that there is a number. */
    public Bar {
        if (!figure.equals(NONE) && !NUMBER.matcher(figure).lookingAt()) {
            throw new IllegalArgumentException("This is no figure: " + figure);
        }
    }

    /** The number that the figure begins with. */
    public double value() {
        Matcher number = NUMBER.matcher(figure);
        return number.lookingAt() ? Double.parseDouble(number.group().replace(",", "")) : 0;
    }

    /** What is written at the end of the bar: the number without its spread. */
    String text() {
        return (figure.replaceFirst(" \\(.*", "") + " " + remark).strip();
    }
}
