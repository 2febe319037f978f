package org.trackerreports.core.config;

import java.time.Duration;
import java.util.Optional;

/** Whether accounts may ask more often than is known to be safe. */
public final class RequestRate {

    private static final Duration SHORTEST = Duration.ofMinutes(5);
    private static final int MOST_PER_DAY = 288;

    private RequestRate() {}

    /** What a person should know about the configured request rate; empty if it is within the defaults. */
    public static Optional<String> warning(Configuration configuration) {
        Duration interval = configuration.get(Options.FETCH_INTERVAL);
        int perDay = configuration.get(Options.MAX_REQUESTS_PER_DAY);
        if (interval.compareTo(SHORTEST) >= 0 && perDay <= MOST_PER_DAY) {
            return Optional.empty();
        }
        return Optional.of("WARNING: your Apple accounts can be banned. FETCH_INTERVAL is "
                + interval.toMillis() / 1000.0
                + " s and MAX_REQUESTS_PER_DAY is " + perDay + "; the limits of this program are "
                + SHORTEST.toSeconds()
                + " s and " + MOST_PER_DAY + ". Others asked every 5 to 10 minutes around the clock, and their accounts"
                + " were banned; every 15 to 30 minutes is said to be safe. Asking more often gives few more reports,"
                + " because the service keeps only the latest of each key. Use more only with a service of your own.");
    }
}
