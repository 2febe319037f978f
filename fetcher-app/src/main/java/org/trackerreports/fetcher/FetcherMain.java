package org.trackerreports.fetcher;

import java.util.Map;

/** The daemon's main class. */
public final class FetcherMain {

    private FetcherMain() {}

    public static void main(String[] arguments) {
        System.exit(FetcherCommand.create(Map.copyOf(System.getenv())).execute(arguments));
    }
}
