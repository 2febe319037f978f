package org.trackerreports.benchmarks;

import java.time.Duration;
import org.trackerreports.core.movement.MovementJudge;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.feed.FeedListener;
import org.trackerreports.store.movement.JudgingSettings;

/** Judges what is stored as soon as it is, as the daemon does. */
public final class JudgingLoop implements AutoCloseable {

    private final ReportStore store;
    private final Thread thread = new Thread(this::run, "judging");
    private volatile boolean closed;

    /** Judges what waits, and begins. */
    public JudgingLoop(ReportStore store) {
        this.store = store;
        step();
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Stores a report.
     *
     * @return when it was committed
     */
    public long store(int number) {
        return OneReport.store(store, number);
    }

    private void run() {
        try (FeedListener listener = store.feed().listen()) {
            while (!closed) {
                step();
                listener.await(Duration.ofMillis(500));
            }
        }
    }

    private void step() {
        JudgingSettings settings = new JudgingSettings("benchmark", 2_000, 2, Duration.ofDays(40_000));
        boolean more = true;
        while (more) {
            more = store.judging().step(new MovementJudge(), settings).more();
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
