package org.trackerreports.benchmarks;

/**
 * Something that was measured, beside something to compare it with, in the same rounds.
 *
 * @param what what was done
 * @param unit of both, such as {@code reports/s}
 * @param kind what the ratio of the two says
 * @param own ours
 * @param other what it is compared with
 */
public record Comparison(String what, String unit, Kind kind, Series own, Series other) {

    /** What the ratio says. */
    public enum Kind {
        /** More of the unit is better. */
        RATE,
        /** Less of the unit is better, and the ratio says how many times as fast. */
        TIME,
        /** Less is better, and the ratio says how many times as much it costs. */
        COST
    }

    String ratio() {
        return switch (kind) {
            case RATE -> own.dividedBy(other).text() + " times as fast";
            case TIME -> other.dividedBy(own).text() + " times as fast";
            case COST -> own.dividedBy(other).text() + " times as much";
        };
    }
}
