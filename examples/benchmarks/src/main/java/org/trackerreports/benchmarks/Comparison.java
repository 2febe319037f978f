package org.trackerreports.benchmarks;

/**
 * A measurement and an alternative, measured in the same rounds.
 *
 * @param what what was done
 * @param unit of both, such as {@code reports/s}
 * @param kind how to read the ratio of the two
 * @param own ours
 * @param other the alternative
 */
public record Comparison(String what, String unit, Kind kind, Series own, Series other) {

    /** The ratio in words. */
    public enum Kind {
        /** More of the unit is better. */
        RATE,
        /** Less of the unit is better, and the ratio says how many times as fast. */
        TIME,
        /** Less is better, and the ratio says how many times as much it costs. */
        COST
    }

    /** A measurement and what it should be. */
    public static Comparison withGoal(String what, String unit, Kind kind, Series own, double goal) {
        return new Comparison(what, unit, kind, own, new Series("goal", goal));
    }

    String ratio() {
        return switch (kind) {
            case RATE -> own.dividedBy(other).text() + " times as fast";
            case TIME -> other.dividedBy(own).text() + " times as fast";
            case COST -> own.dividedBy(other).text() + " times as much";
        };
    }
}
