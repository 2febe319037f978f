package org.trackerreports.benchmarks.serve;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.trackerreports.core.movement.MovementJudge;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.feed.FeedListener;
import org.trackerreports.store.movement.JudgingSettings;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Payload;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;

/** Judges what is stored as soon as it is, as the daemon does. */
final class JudgingLoop implements AutoCloseable {

    private static final long TRACKER = 1;

    private final ReportStore store;
    private final Thread thread = new Thread(this::run, "judging");
    private volatile boolean closed;

    JudgingLoop(ReportStore store) {
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
    long store(int number) {
        Instant time = Instant.EPOCH.plus(Duration.ofDays(20_000)).plusSeconds(number * 60L);
        ReportContent content = new ReportContent(
                Optional.of(new Position(52.5, 13.4)),
                2,
                OptionalDouble.of(20),
                OptionalInt.of(0),
                Optional.empty(),
                Set.of(),
                Optional.empty());
        store.reports()
                .insert(
                        List.of(new NewReport(
                                OptionalLong.of(TRACKER),
                                "a2V5IG9mIHRoZSBiZW5jaG1hcmsgb2YgZXZlbnRzISE=",
                                time,
                                content,
                                Optional.of(Payload.of(("report " + number).getBytes(StandardCharsets.US_ASCII))),
                                time)),
                        List.of());
        return System.nanoTime();
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
