package org.trackerreports.testsupport;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until a test moves it. Its zone is UTC. Thread-safe. */
public final class MovableClock extends Clock {

    private volatile Instant now;

    /**
     * Makes a clock that stands still.
     *
     * @param now the time it shows
     */
    public MovableClock(Instant now) {
        this.now = now;
    }

    /**
     * Moves the clock.
     *
     * @param by how far; negative moves it back
     */
    public synchronized void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        if (zone.equals(ZoneOffset.UTC)) {
            return this;
        }
        throw new UnsupportedOperationException("this clock has no zone but UTC");
    }
}
