package org.trackerreports.core.sink;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.trackerreports.sinks.SightedTracker;
import org.trackerreports.sinks.SightingEvent;

/** A position that nobody was at, to try a sink with. Its tracker is named so. */
public final class MadeUpPosition {

    /** The name of its tracker. */
    public static final String TRACKER = "Test position (made up)";

    private MadeUpPosition() {}

    /** The position: at the Royal Observatory, Greenwich, in this second. */
    public static SightingEvent at(Instant time) {
        Instant now = time.truncatedTo(ChronoUnit.SECONDS);
        return new SightingEvent.Report(
                "rep_test_" + time.toEpochMilli(),
                "",
                new SightedTracker(0, TRACKER, Map.of()),
                false,
                now,
                now,
                51.4779,
                -0.0015,
                OptionalDouble.of(100),
                2,
                Optional.empty(),
                List.of(),
                false,
                Optional.of(TRACKER));
    }
}
