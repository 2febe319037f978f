package org.trackerreports.findmy.fetch;

import java.time.Duration;

/**
 * Is told of each request, for events and metrics. Called on the requesting thread: return soon. An exception is logged and does not
 * disturb the work.
 */
@FunctionalInterface
public interface RequestListener {

    /** Does nothing. */
    RequestListener NONE = (outcome, took) -> {};

    /**
     * A request has ended. It took from the account's budget, whatever the outcome.
     *
     * @param outcome how it ended
     * @param took the time from the beginning to the end
     */
    void requestEnded(FetchOutcome outcome, Duration took);
}
