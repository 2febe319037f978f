package org.trackerreports.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/**
 * The figures of one thing, one for each round.
 *
 * @param name what was measured
 * @param values at least one; shared, do not change
 */
public record Series(String name, double... values) {

    /** The one in the middle. */
    public double median() {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * These figures divided by others, round by round, so that what the machine did besides weighs on both. Something that can be done only
     * once has one figure for all rounds.
     */
    Series dividedBy(Series other) {
        double[] ratios = new double[Math.max(values.length, other.values.length)];
        Arrays.setAll(ratios, round -> of(round) / other.of(round));
        return new Series(name, ratios);
    }

    private double of(int round) {
        return values[values.length == 1 ? 0 : round];
    }

    /** The median, and the smallest and the largest if there are several. */
    String text() {
        String median = number(median());
        if (values.length == 1) {
            return median;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return median + " (" + number(sorted[0]) + " to " + number(sorted[sorted.length - 1]) + ")";
    }

    private static String number(double value) {
        double amount = Math.abs(value);
        return String.format(Locale.ROOT, amount < 10 ? "%.2f" : amount < 100 ? "%.1f" : "%,.0f", value);
    }
}
