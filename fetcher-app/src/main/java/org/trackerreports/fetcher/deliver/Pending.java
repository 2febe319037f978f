package org.trackerreports.fetcher.deliver;

import java.util.Optional;
import org.trackerreports.sinks.SightingEvent;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.sink.SinkAlert;
import org.trackerreports.store.sink.SinkFailure.Subject;
import org.trackerreports.store.sink.WithheldReport;

/**
 * An event that waits for its sink.
 *
 * @param place where it stands in the feed; empty if it does not come from there
 * @param subject what it is about; empty if it cannot be sent again later, because it says only that something changed
 * @param alert what is noted once it is delivered
 * @param withheld the report that the sink was not told until now; forgotten once it is delivered
 */
record Pending(
        SightingEvent event,
        Optional<FeedPlace> place,
        Optional<Subject> subject,
        Optional<SinkAlert> alert,
        Optional<WithheldReport> withheld) {}
