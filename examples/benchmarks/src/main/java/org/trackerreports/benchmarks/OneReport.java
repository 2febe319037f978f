package org.trackerreports.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Payload;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;

/** Reports of the first tracker, a minute apart, all at one place, so that nobody takes them for wrong. */
public final class OneReport {

    private static final long TRACKER = 1;

    private OneReport() {}

    /**
     * Stores one.
     *
     * @param number another one for each report
     * @return the nanoseconds of {@link System#nanoTime} at which it was committed
     */
    public static long store(ReportStore store, int number) {
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
}
