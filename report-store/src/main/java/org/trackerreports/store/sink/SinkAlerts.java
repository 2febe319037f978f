package org.trackerreports.store.sink;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Which transitions sinks were told, and which are held back. Thread-safe. */
public interface SinkAlerts {

    /** All of some trackers that are held back, or were told since a time. */
    List<SinkAlert> of(String sink, Collection<Long> trackerIds, Instant since);

    /** Those that are held back. */
    List<SinkAlert> heldBack(String sink);

    /** Notes alerts, in place of what was noted of the same transitions. */
    void save(String sink, List<SinkAlert> alerts);

    /** Forgets alerts. */
    void remove(String sink, Collection<UUID> transitions);
}
