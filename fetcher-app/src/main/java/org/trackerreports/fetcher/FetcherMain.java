package org.trackerreports.fetcher;

import java.util.Map;
import org.trackerreports.core.logging.LogSettings;

/** The daemon's main class. */
public final class FetcherMain {

    private FetcherMain() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = Map.copyOf(System.getenv());
        LogSettings.begin(environment, "info", "info");
        System.exit(FetcherCommand.create(environment).execute(arguments));
    }
}
