package org.trackerreports.fetcher;

import java.util.Map;
import picocli.CommandLine;

/** The daemon's program. */
public final class FetcherMain {

    private FetcherMain() {}

    public static void main(String[] arguments) {
        CommandLine command = FetcherCommand.create(Map.copyOf(System.getenv()));
        int exitCode = command.execute(arguments);
        // When a signal ends the program, the shutdown hook is already closing, and its exit code counts.
        if (!FetcherCommand.ended(command)) {
            System.exit(exitCode);
        }
    }
}
