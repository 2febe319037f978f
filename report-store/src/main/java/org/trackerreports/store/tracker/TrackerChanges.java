package org.trackerreports.store.tracker;

import java.time.Instant;
import java.util.List;

/**
 * What happened to trackers since an instant.
 *
 * @param changes each tracker once, in its present state; one may be told again in the next answer
 * @param next the instant to ask with next time. It lies before every transaction that was not visible yet, so nothing is missed
 */
public record TrackerChanges(List<Change> changes, Instant next) {

    public TrackerChanges {
        changes = List.copyOf(changes);
    }

    /** The present state of a tracker that was added, changed or removed. */
    public record Change(long trackerId, State state) {}

    /** Whether reports of a tracker are to be fetched. */
    public enum State {
        ENABLED,
        DISABLED,
        REMOVED
    }
}
