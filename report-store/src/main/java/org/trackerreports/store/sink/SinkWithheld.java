package org.trackerreports.store.sink;

import java.util.Collection;
import java.util.Set;

/**
 * The reports that sinks were not told because their positions were wrong. What is older than 60 days is forgotten: by then nothing makes a
 * position right any more, except a new label of the tracker. Thread-safe.
 */
public interface SinkWithheld {

    /** Notes reports; those that are noted already stay so. */
    void add(String sink, Collection<WithheldReport> reports);

    /** Those of the reports that are noted. */
    Set<WithheldReport> find(String sink, Collection<WithheldReport> reports);

    /** Forgets reports, because the sink was told of them. */
    void remove(String sink, Collection<WithheldReport> reports);
}
