package org.trackerreports.core.sink;

import java.time.Clock;
import org.trackerreports.sinks.PublishedPositions;
import org.trackerreports.sinks.Sink;

/** How a program is reached. */
public interface SinkTarget {

    /** Makes the sink. Connects to nothing yet. */
    Sink open(PublishedPositions published, Clock clock);

    /**
     * Makes a sink for a position that is made up: where trackers have names of their own, it uses other ones, so that it changes nothing that is
     * shown.
     */
    Sink openForTest(Clock clock);
}
