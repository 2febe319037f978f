package org.trackerreports.core.lifecycle;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells the parts of a program to stop, and is what they wait on. Thread-safe. */
public final class StopSignal {

    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Tells all parts to stop. */
    public void stop() {
        stopped.countDown();
    }

    /** Whether the parts were told to stop. */
    public boolean stopping() {
        return stopped.getCount() == 0;
    }

    /**
     * Waits until the duration is over or the signal is given.
     *
     * @return false if the signal was given or the thread was interrupted
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
