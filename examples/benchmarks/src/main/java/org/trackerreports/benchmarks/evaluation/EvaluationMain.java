package org.trackerreports.benchmarks.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.trackerreports.benchmarks.MeasuringProgram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./findmy evaluate}: prints the tables of {@code docs/movement.md}. */
@Command(
        name = "findmy evaluate",
        description = "Measures in simulated worlds how well wrong positions are found. Takes about a minute.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class EvaluationMain implements Callable<Integer> {

    private static final int WORLDS = 10;
    private static final int PER_JOURNEY = 15;
    private static final int DAYS = 28;

    /** The limits were chosen with seeds below 1,000. */
    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Seed of the first of " + WORLDS + " worlds. Default: ${DEFAULT-VALUE}.")
    private long first;

    @Option(
            names = "--chart",
            paramLabel = "FILE",
            description = "Also draw the first table as a chart, in SVG, to this file.")
    private Path chart;

    private EvaluationMain() {}

    /**
     * Runs it and ends the process.
     *
     * @param arguments {@code --seed}, {@code --chart} or none
     */
    public static void main(String[] arguments) {
        System.exit(MeasuringProgram.of(new EvaluationMain()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        List<Long> seeds = new ArrayList<>();
        for (long seed = first; seed < first + WORLDS; seed++) {
            seeds.add(seed);
        }
        Evaluation evaluation = new Evaluation(seeds, PER_JOURNEY, DAYS);
        System.out.print(evaluation.text());
        if (chart != null) {
            evaluation.chart().write(chart);
        }
        return 0;
    }
}
