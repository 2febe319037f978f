package org.trackerreports.findmy.fetch;

import java.time.Duration;

/**
 * Decides whether a request may be made now: the budget of one account. Every attempt passes the gate before it is sent, retries and
 * those after a renewed session among them, so that nothing exceeds the budget.
 *
 * <p>An implementation must be thread-safe. What it throws ends the call without a request.
 */
public interface RequestGate {

    /**
     * Asks for one request. A request that was granted counts, whatever becomes of it; the caller makes it at once and then calls {@link
     * #completed}. May block until requests that are under way have ended.
     */
    Permission acquire();

    /**
     * Ends a request that was granted. Called once for each of them, on the same thread, also if the request failed.
     *
     * @param answered whether the service answered as it should
     */
    void completed(boolean answered);

    /**
     * Grants nothing for a while.
     *
     * @param wait more than zero, at most {@link CoolDownPolicy#MAX_COOL_DOWN}; of several cool-downs the one that ends last counts
     * @param reason why, for people; contains no secret
     */
    void coolDown(Duration wait, String reason);

    /** How many requests were granted within the last 24 hours, as far as is known; 0 if nobody counts. */
    default int granted() {
        return 0;
    }

    /** Whether a request may be made. */
    sealed interface Permission {}

    /** Make it now. */
    record Granted() implements Permission {}

    /**
     * Do not make it. Nothing was counted.
     *
     * @param duration how long to wait before asking again; somebody else may be granted the request first
     * @param reason why, for people
     */
    record MustWait(Duration duration, String reason) implements Permission {}
}
