package org.trackerreports.fetcher;

import java.util.Map;
import org.trackerreports.core.commandline.CommandHelp;
import org.trackerreports.core.logging.LogSettings;
import picocli.CommandLine;

/** The daemon's main class. */
public final class FetcherMain {

    private FetcherMain() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = Map.copyOf(System.getenv());
        LogSettings.begin(environment, "info", "info");
        CommandLine line = FetcherCommand.create(environment);
        System.exit(line.execute(CommandHelp.asOption(line, arguments)));
    }
}
