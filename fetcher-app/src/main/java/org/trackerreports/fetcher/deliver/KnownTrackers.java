package org.trackerreports.fetcher.deliver;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trackerreports.sinks.SightedTracker;
import org.trackerreports.store.sink.SinkReading;
import org.trackerreports.store.sink.TrackerLabels;

/** Names and labels of trackers. The feed says when they change; what is old or much is read again anyway. Used by one thread. */
final class KnownTrackers {

    private static final int MOST = 20_000;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final SinkReading reading;
    private final Clock clock;
    private final Map<Long, Optional<SightedTracker>> known = new HashMap<>();
    private Instant readAgain = Instant.MIN;

    KnownTrackers(SinkReading reading, Clock clock) {
        this.reading = reading;
        this.clock = clock;
    }

    /** Reads those that are not known yet. */
    void load(Collection<Long> ids, Collection<Long> changed) {
        if (known.size() > MOST || !clock.instant().isBefore(readAgain)) {
            known.clear();
            readAgain = clock.instant().plus(LONGEST);
        }
        known.keySet().removeAll(changed);
        Set<Long> missing = new HashSet<>(ids);
        missing.removeAll(known.keySet());
        if (missing.isEmpty()) {
            return;
        }
        Map<Long, TrackerLabels> read = reading.trackers(missing);
        for (long id : missing) {
            known.put(
                    id,
                    Optional.ofNullable(read.get(id))
                            .map(labels -> new SightedTracker(labels.id(), labels.name(), labels.labels())));
        }
    }

    /** A tracker that was loaded; empty if there is none any more. */
    Optional<SightedTracker> find(long id) {
        return known.getOrDefault(id, Optional.empty());
    }
}
