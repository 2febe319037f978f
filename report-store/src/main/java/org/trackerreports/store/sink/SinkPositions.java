package org.trackerreports.store.sink;

import java.util.List;
import java.util.Optional;

/** The newest positions that sinks have published. Thread-safe. */
public interface SinkPositions {

    List<PublishedMessage> list(String sink);

    Optional<PublishedMessage> find(String sink, long trackerId);

    void save(String sink, PublishedMessage message);

    void remove(String sink, long trackerId);
}
