package org.trackerreports.store.internal.movement;

import java.time.Instant;

/**
 * The event times between which reports of a tracker changed.
 *
 * @param received when the newest of them was received; the beginning of time if none was received
 */
record ChangedRange(Instant from, Instant to, Instant received) {

    ChangedRange and(ChangedRange other) {
        return new ChangedRange(
                from.isBefore(other.from) ? from : other.from,
                to.isAfter(other.to) ? to : other.to,
                received.isAfter(other.received) ? received : other.received);
    }
}
