package org.trackerreports.core.pipeline;

import java.util.List;
import java.util.Map;
import org.trackerreports.findmy.fetch.FetchQuery;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.key.PrivateTrackerKey;

/**
 * One request, and what is needed to read its answer.
 *
 * @param query what to ask
 * @param keys for each id that is asked for: whose it is, and the private key
 * @param included the targets that the request covers
 * @param leftOver the targets that did not fit
 */
public record FetchPlan(
        FetchQuery query,
        Map<HashedAdvertisementKey, PlannedKey> keys,
        List<FetchTarget> included,
        List<FetchTarget> leftOver) {

    /** A key of a target. */
    public record PlannedKey(FetchTarget target, PrivateTrackerKey key) {}

    public FetchPlan {
        keys = Map.copyOf(keys);
        included = List.copyOf(included);
        leftOver = List.copyOf(leftOver);
    }
}
