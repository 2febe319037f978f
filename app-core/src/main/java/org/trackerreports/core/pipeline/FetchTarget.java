package org.trackerreports.core.pipeline;

import java.time.Instant;
import org.trackerreports.findmy.fetch.PlannedKeys;
import org.trackerreports.findmy.fetch.RequestPlanner;
import org.trackerreports.findmy.key.TrackerKeys;

/**
 * A tracker whose reports are to be fetched.
 *
 * @param trackerId its id in the store
 * @param name its name, for people
 * @param keys its keys, with the stored alignment
 * @param consecutiveEmpty how many requests in a row found nothing: decides which part of the keys is asked for
 */
public record FetchTarget(long trackerId, String name, TrackerKeys keys, int consecutiveEmpty) {

    FetchTarget withConsecutiveEmpty(int empty) {
        return new FetchTarget(trackerId, name, keys, empty);
    }

    /** The part of the keys to ask for this time. */
    public PlannedKeys<FetchTarget> planned(RequestPlanner planner, Instant now) {
        return new PlannedKeys<>(
                this, planner.cursor(keys, now).onTurn(consecutiveEmpty).groups());
    }
}
