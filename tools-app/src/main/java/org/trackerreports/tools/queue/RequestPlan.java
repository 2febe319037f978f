package org.trackerreports.tools.queue;

import java.time.Duration;

/**
 * Computes the requests and accounts that it takes to request every tracker once within a time.
 *
 * @param trackers static tags
 * @param keysPerTag how many keys a static tag cycles through
 * @param accessories accessories with rolling keys
 * @param accounts the number of accounts
 * @param within the time within which each tracker is requested once
 * @param limits the limits of one account and one request
 */
record RequestPlan(long trackers, int keysPerTag, long accessories, int accounts, Duration within, Limits limits) {

    /** Primary and secondary keys of one day: what it takes to find an accessory that was seen a day ago. */
    static final int IDS_PER_ACCESSORY = 100;

    private static final Duration DAY = Duration.ofDays(1);

    /**
     * @param gap the smallest gap between two requests of one account
     * @param perDay the most requests that the daemon makes with one account in 24 hours
     * @param batch the most trackers in one request
     * @param ids the most keys in one request
     */
    record Limits(Duration gap, int perDay, int batch, int ids) {

        /** The number of requests that the daemon can make with one account in a day. */
        double requestsPerDay() {
            return Math.min(perDay, (double) DAY.toMillis() / Math.max(1, gap.toMillis()));
        }
    }

    /** The number of requests for every tracker once. */
    long requests() {
        long perRequest = Math.max(1, Math.min(limits.batch(), limits.ids() / IDS_PER_ACCESSORY));
        // A tag with more keys than fit into a request takes several.
        long requestsForTag = up(keysPerTag, limits.ids());
        return up(trackers, tagsPerRequest()) * requestsForTag + up(accessories, perRequest);
    }

    /** The most static tags in one request. */
    long tagsPerRequest() {
        return Math.max(1, Math.min(limits.batch(), limits.ids() / keysPerTag));
    }

    double requestsPerDay() {
        return requests() * (double) DAY.toMillis() / within.toMillis();
    }

    /** The number of accounts that it takes, at least one. */
    int accountsNeeded() {
        return Math.max(1, (int) Math.ceil(requestsPerDay() / limits.requestsPerDay() - 1e-9));
    }

    /** How long it takes to request every tracker once with these accounts. */
    Duration round() {
        return Duration.ofMillis((long) Math.ceil(requests() * DAY.toMillis() / (accounts * limits.requestsPerDay())));
    }

    private static long up(long number, long by) {
        return (number + by - 1) / by;
    }
}
