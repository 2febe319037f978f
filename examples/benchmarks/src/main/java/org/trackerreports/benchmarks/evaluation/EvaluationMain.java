package org.trackerreports.benchmarks.evaluation;

import java.util.ArrayList;
import java.util.List;

/** {@code ./findmy evaluate}: prints the tables of {@code docs/movement.md}. */
public final class EvaluationMain {

    /** The limits were chosen with seeds below 1,000. */
    private static final long FIRST_SEED = 1_000;

    private static final int WORLDS = 10;
    private static final int PER_JOURNEY = 15;
    private static final int DAYS = 28;

    private EvaluationMain() {}

    /**
     * Runs it.
     *
     * @param arguments none, or the first seed
     */
    public static void main(String[] arguments) {
        long first = arguments.length == 0 ? FIRST_SEED : Long.parseLong(arguments[0]);
        List<Long> seeds = new ArrayList<>();
        for (long seed = first; seed < first + WORLDS; seed++) {
            seeds.add(seed);
        }
        System.out.print(new Evaluation(seeds, PER_JOURNEY, DAYS).text());
    }
}
