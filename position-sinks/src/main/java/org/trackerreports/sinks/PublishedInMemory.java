package org.trackerreports.sinks;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Remembers in memory. */
final class PublishedInMemory implements PublishedPositions {

    private final Map<Long, Published> published = new ConcurrentSkipListMap<>();

    @Override
    public Optional<Published> find(long trackerId) {
        return Optional.ofNullable(published.get(trackerId));
    }

    @Override
    public List<Published> all() {
        return List.copyOf(published.values());
    }

    @Override
    public void save(Published now) {
        published.put(now.tracker().id(), now);
    }

    @Override
    public void remove(long trackerId) {
        published.remove(trackerId);
    }
}
