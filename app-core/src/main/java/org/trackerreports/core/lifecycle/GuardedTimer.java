package org.trackerreports.core.lifecycle;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs tasks after a delay or on a period, on daemon threads of its own. A task that throws is run again after its period. Thread-safe.
 */
public final class GuardedTimer implements AutoCloseable {

    private final ScheduledExecutorService executor;
    private final Consumer<RuntimeException> failed;

    /**
     * A timer without tasks.
     *
     * @param name the name of its threads
     * @param threads how many tasks can run at the same time
     * @param failed is told what a task threw; must not throw
     */
    public GuardedTimer(String name, int threads, Consumer<RuntimeException> failed) {
        this.executor = Executors.newScheduledThreadPool(threads, DaemonThreads.named(name));
        this.failed = failed;
    }

    /** Runs a task repeatedly, for the first time after one period; a period begins when the previous run has ended. */
    public void every(Duration period, Runnable task) {
        executor.scheduleWithFixedDelay(
                () -> guarded(task), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs a task once, after a delay; does nothing if the timer was stopped. */
    public void after(Duration delay, Runnable task) {
        try {
            executor.schedule(() -> guarded(task), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // Stopped meanwhile.
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            failed.accept(e);
        }
    }

    /** Starts no further run. Does not wait for runs that have begun. */
    public void stop() {
        executor.shutdown();
    }

    /** Starts no further run and interrupts those that have begun. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
