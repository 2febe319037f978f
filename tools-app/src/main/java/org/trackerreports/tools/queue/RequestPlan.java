package org.trackerreports.tools.queue;

import java.time.Duration;

/**
 * What it takes to ask for every tracker once within a time. Arithmetic only.
 *
 * @param trackers static tags, one key each
 * @param accessories accessories with rolling keys
 * @param accounts how many accounts there are
 * @param within how often each is to be asked for
 * @param limits what one account and one request may do
 */
record RequestPlan(long trackers, long accessories, int accounts, Duration within, Limits limits) {

    /** The keys of one silent day, primary and secondary: what an accessory that was seen a day ago takes. */
    static final int IDS_PER_ACCESSORY = 100;

    private static final Duration DAY = Duration.ofDays(1);

    /**
     * @param gap the smallest gap between two requests of one account
     * @param perDay the most requests that the daemon makes with one account in 24 hours
     * @param batch the most trackers in one request
     * @param ids the most keys in one request
     */
    record Limits(Duration gap, int perDay, int batch, int ids) {

        /** How many requests the daemon can make with one account in a day. */
        double requestsPerDay() {
            return Math.min(perDay, (double) DAY.toMillis() / Math.max(1, gap.toMillis()));
        }
    }

    /** Requests for every tracker once. */
    long requests() {
        long perRequest = Math.max(1, Math.min(limits.batch(), limits.ids() / IDS_PER_ACCESSORY));
        return up(trackers, Math.min(limits.batch(), limits.ids())) + up(accessories, perRequest);
    }

    double requestsPerDay() {
        return requests() * (double) DAY.toMillis() / within.toMillis();
    }

    /** How many accounts it takes, at least one. */
    int accountsNeeded() {
        return Math.max(1, (int) Math.ceil(requestsPerDay() / limits.requestsPerDay() - 1e-9));
    }

    /** How long every tracker once takes with the accounts that there are. */
    Duration round() {
        return Duration.ofMillis((long) Math.ceil(requests() * DAY.toMillis() / (accounts * limits.requestsPerDay())));
    }

    private static long up(long number, long by) {
        return (number + by - 1) / by;
    }
}
