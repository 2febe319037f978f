package org.trackerreports.core.account;

import org.trackerreports.findmy.fetch.FetchPlan;
import org.trackerreports.findmy.fetch.FetchQuery;

/**
 * A request to make with an account.
 *
 * @param query what to ask for
 * @param trackers how many trackers it is for
 * @param maxTrackers how many it could have been for
 */
public record FetchRequest(FetchQuery query, int trackers, int maxTrackers) {

    /** The request of a plan, with all trackers that it can have. */
    public static FetchRequest of(FetchPlan<?> plan) {
        return new FetchRequest(
                plan.query(), plan.included().size(), plan.included().size());
    }
}
