package org.trackerreports.store.sink;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.trackerreports.store.feed.FeedItem;

/** What sinks are told besides the feed. Needs no right to read keys. Thread-safe. */
public interface SinkReading {

    /** How many reports a replay has. */
    long count(SinkReplay replay);

    /**
     * The next reports of a replay, by event time. What is not judged yet is left out; the feed has it.
     *
     * @param limit a number of reports, at least 1
     */
    List<FeedItem.OfReport> next(SinkReplay replay, int limit);

    /** The transitions of alerts, as of their revisions. */
    List<FeedItem.OfTransition> transitions(List<SinkAlert> alerts);

    /** What transitions are today, with the names of their places. */
    Map<UUID, TransitionPlace> places(Collection<UUID> transitions);

    /** Names and labels of trackers; unknown ones are left out. */
    Map<Long, TrackerLabels> trackers(Collection<Long> ids);
}
