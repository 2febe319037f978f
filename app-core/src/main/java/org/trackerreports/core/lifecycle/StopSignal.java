package org.trackerreports.core.lifecycle;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells the parts of a daemon to end, and is what they wait on between two turns. Thread-safe. */
public final class StopSignal {

    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Asks everybody to end. */
    public void stop() {
        stopped.countDown();
    }

    /** Whether the end was asked for. */
    public boolean stopping() {
        return stopped.getCount() == 0;
    }

    /**
     * Waits.
     *
     * @return false if the end was asked for meanwhile
     */
    public boolean pause(Duration duration) {
        try {
            return !stopped.await(Math.max(0, duration.toMillis()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
