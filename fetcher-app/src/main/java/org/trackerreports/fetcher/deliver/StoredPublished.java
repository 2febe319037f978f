package org.trackerreports.fetcher.deliver;

import java.util.List;
import java.util.Optional;
import org.trackerreports.sinks.PublishedPositions;
import org.trackerreports.sinks.SightedTracker;
import org.trackerreports.store.sink.PublishedMessage;
import org.trackerreports.store.sink.SinkPositions;
import org.trackerreports.store.sink.TrackerLabels;

/** Remembers in the database what a sink has published. */
record StoredPublished(SinkPositions store, String sink) implements PublishedPositions {

    @Override
    public Optional<Published> find(long trackerId) {
        return store.find(sink, trackerId).map(StoredPublished::read);
    }

    @Override
    public List<Published> all() {
        return store.list(sink).stream().map(StoredPublished::read).toList();
    }

    private static Published read(PublishedMessage message) {
        TrackerLabels tracker = message.tracker();
        return new Published(
                new SightedTracker(tracker.id(), tracker.name(), tracker.labels()),
                message.eventTime(),
                message.message());
    }

    @Override
    public void save(Published published) {
        SightedTracker tracker = published.tracker();
        store.save(
                sink,
                new PublishedMessage(
                        new TrackerLabels(tracker.id(), tracker.name(), tracker.labels()),
                        published.eventTime(),
                        published.state()));
    }

    @Override
    public void remove(long trackerId) {
        store.remove(sink, trackerId);
    }
}
