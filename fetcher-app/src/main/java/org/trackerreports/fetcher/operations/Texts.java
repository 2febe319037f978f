package org.trackerreports.fetcher.operations;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Formats values for people. */
final class Texts {

    private Texts() {}

    /** A time to the second, UTC. */
    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
