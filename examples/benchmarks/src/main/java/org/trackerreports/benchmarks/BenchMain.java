package org.trackerreports.benchmarks;

import picocli.CommandLine;

/** The program that measures. */
public final class BenchMain {

    private BenchMain() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchCommand()).execute(arguments));
    }
}
