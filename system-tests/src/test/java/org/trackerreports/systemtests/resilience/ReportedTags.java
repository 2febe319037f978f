package org.trackerreports.systemtests.resilience;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.trackerreports.simulator.world.Finders;
import org.trackerreports.simulator.world.TagSpec;

/** Tags whose reports are there at once, as often as a test needs. */
final class ReportedTags {

    private ReportedTags() {}

    /** A tag that is seen once in each interval from one time to another. */
    static TagSpec seen(TagSpec tag, Duration interval, Instant from, Instant until) {
        Finders finders = Finders.every(interval).withDelay(Duration.ZERO, Duration.ZERO);
        return TagSpec.of(tag.name(), tag.keys(), tag.route(), finders).seenBetween(from, until);
    }

    /** Adds tags that are seen once in each interval, from a minute ago. */
    static void add(Fleet fleet, int count, Duration interval, Instant until) throws IOException {
        Instant from = Instant.now().minusSeconds(60);
        fleet.addTags(count, tag -> seen(tag, interval, from, until));
    }
}
