package org.trackerreports.store.sink;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Reports that a sink gets again, by the time of the event.
 *
 * @param from event times from here
 * @param receivedFrom receipts from here
 * @param doneTime event time of the last report that is done
 * @param doneDigest its digest
 */
public record SinkReplay(Instant from, Instant receivedFrom, Optional<Instant> doneTime, Optional<UUID> doneDigest) {

    public SinkReplay {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(receivedFrom, "receivedFrom");
        Objects.requireNonNull(doneTime, "doneTime");
        Objects.requireNonNull(doneDigest, "doneDigest");
    }

    /** All reports from an event time on. */
    public static SinkReplay since(Instant from) {
        return new SinkReplay(from, Instant.EPOCH, Optional.empty(), Optional.empty());
    }

    /** The same, when a report is done. */
    public SinkReplay after(Instant time, UUID digest) {
        return new SinkReplay(from, receivedFrom, Optional.of(time), Optional.of(digest));
    }
}
