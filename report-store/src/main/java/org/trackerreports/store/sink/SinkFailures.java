package org.trackerreports.store.sink;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.trackerreports.store.feed.FeedItem;

/** The events that sinks refused. Thread-safe. */
public interface SinkFailures {

    /** Notes refused events, and counts those that were not noted before. */
    void add(String sink, List<SinkFailure> failures);

    /** The newest ones first. */
    List<SinkFailure> list(String sink, int limit);

    /** How many there are. */
    long count(String sink);

    /**
     * Lets all of them be sent again.
     *
     * @return how many there are
     */
    int sendAgain(String sink);

    /**
     * Some of those that are to be sent again, with what they are about as it is now. Those whose subject was removed meanwhile are
     * forgotten.
     */
    Map<SinkFailure, FeedItem> next(String sink, int limit);

    /** Forgets events, because they were delivered. */
    void remove(String sink, Collection<String> events);
}
