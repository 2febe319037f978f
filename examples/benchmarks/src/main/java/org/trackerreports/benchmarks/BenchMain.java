package org.trackerreports.benchmarks;

/** The program that measures. */
public final class BenchMain {

    private BenchMain() {}

    public static void main(String[] arguments) {
        System.exit(MeasuringProgram.of(new BenchCommand()).execute(arguments));
    }
}
