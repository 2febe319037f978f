package org.trackerreports.findmy.fetch;

import java.util.List;
import java.util.Map;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.key.PrivateTrackerKey;

/**
 * One request, and what is needed to read its answer.
 *
 * @param <T> what the keys are asked for, such as a tracker
 * @param query what to ask for
 * @param keys for each requested id: its target and the private key
 * @param included the targets that the request covers, each once
 * @param leftOver what did not fit
 */
public record FetchPlan<T>(
        FetchQuery query,
        Map<HashedAdvertisementKey, PlannedKey<T>> keys,
        List<T> included,
        List<PlannedKeys<T>> leftOver) {

    /**
     * A key of a target.
     *
     * @param <T> what the key is asked for
     * @param target whose key it is
     * @param key the private key
     */
    public record PlannedKey<T>(T target, PrivateTrackerKey key) {}

    public FetchPlan {
        keys = Map.copyOf(keys);
        included = List.copyOf(included);
        leftOver = List.copyOf(leftOver);
    }

    /**
     * The target and the private key of a requested id.
     *
     * @param id one of the requested ids
     * @return the target and the key
     * @throws IllegalArgumentException if the plan does not request this id
     */
    public PlannedKey<T> planned(HashedAdvertisementKey id) {
        PlannedKey<T> planned = keys.get(id);
        if (planned == null) {
            throw new IllegalArgumentException("the plan does not request " + id);
        }
        return planned;
    }
}
