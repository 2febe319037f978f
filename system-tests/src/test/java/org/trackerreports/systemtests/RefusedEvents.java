package org.trackerreports.systemtests;

import java.time.Instant;
import java.util.UUID;
import org.trackerreports.store.sink.SinkFailure;

/** Events that a sink refused. */
public final class RefusedEvents {

    private RefusedEvents() {}

    /** One of a report. */
    public static SinkFailure of(String event) {
        Instant time = Instant.parse("2026-03-01T12:00:00Z");
        return new SinkFailure(
                event,
                "1-1",
                new SinkFailure.Subject(SinkFailure.Kind.REPORT, 1, time, new UUID(0, 1), 1),
                422,
                "no",
                time,
                false);
    }
}
