package org.trackerreports.store.tracker;

import java.time.Instant;
import java.util.List;
import org.trackerreports.store.internal.inbox.Change;

/**
 * The trackers that changed since an instant.
 *
 * @param changes each tracker once, with its current state; the next answer may contain it again
 * @param next the instant to ask with next time; earlier than the start of every transaction that was not visible yet, so no change is
 *     missed
 */
public record TrackerChanges(List<Change> changes, Instant next) {

    public TrackerChanges {
        changes = List.copyOf(changes);
    }

    /** The current state of a tracker that was added, changed or removed. */
    public record Change(long trackerId, State state) {}

    /** Whether reports of a tracker are to be fetched. */
    public enum State {
        ENABLED,
        DISABLED,
        REMOVED
    }
}
