package org.trackerreports.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.trackerreports.core.lifecycle.DaemonThreads;
import org.trackerreports.core.pipeline.ReportDecoder.KeyedReport;
import org.trackerreports.findmy.fetch.FetchOutcome.Answered;
import org.trackerreports.findmy.fetch.FetchPlan;
import org.trackerreports.findmy.fetch.FetchPlan.PlannedKey;
import org.trackerreports.findmy.fetch.RequestPlanner;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.StaticKeys;
import org.trackerreports.findmy.report.EncryptedReport;
import org.trackerreports.findmy.report.ReportDecryptor;
import org.trackerreports.findmy.report.Undecryptable;

/** With payloads that cannot be decrypted: which report belongs to which tracker, on which threads. */
class ReportDecoderTest {

    private static final int LARGE = 200;

    private final AtomicInteger started = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
        started.incrementAndGet();
        return DaemonThreads.named("test").newThread(task);
    });
    private final ReportDecoder decoder = new ReportDecoder(new ReportDecryptor(Clock.systemUTC()), threads);
    private final PrivateTrackerKey key = PrivateTrackerKey.generate(new SecureRandom());
    private final FetchTarget target = new FetchTarget(7, "bike", new StaticKeys(List.of(key)), 0);

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    private List<KeyedReport> reports(int count) {
        return IntStream.range(0, count)
                .mapToObj(length -> new KeyedReport(
                        new PlannedKey<>(target, key), new EncryptedReport(key.hashed(), new byte[length % 80])))
                .toList();
    }

    private void assertDecoded(List<KeyedReport> reports) {
        List<DecodedReport> decoded = decoder.decode(reports);
        assertThat(decoded)
                .extracting(each -> each.outcome().encrypted())
                .containsExactlyElementsOf(
                        reports.stream().map(KeyedReport::report).toList());
        assertThat(decoded).allSatisfy(each -> {
            assertThat(each.target()).isEqualTo(target);
            assertThat(((Undecryptable) each.outcome()).reason()).isEqualTo(Undecryptable.Reason.UNSUPPORTED_LENGTH);
        });
    }

    @Test
    void decodesASmallAnswerOnTheCallersThread() {
        assertDecoded(reports(64));
        assertThat(started).hasValue(0);
    }

    @Test
    void decodesALargeAnswerOnSeveralThreadsInOrder() {
        assertDecoded(reports(LARGE));
        assertThat(started).hasValue(2);
    }

    @Test
    void decodesAPartOfAnAnswerWhenItIsAskedFor() {
        List<KeyedReport> reports = reports(4_500);
        Iterator<List<DecodedReport>> parts = decoder.parts(reports).iterator();
        assertThat(started).as("threads before a part is asked for").hasValue(0);

        List<EncryptedReport> decoded = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        parts.forEachRemaining(part -> {
            sizes.add(part.size());
            part.forEach(each -> decoded.add(each.outcome().encrypted()));
        });

        assertThat(sizes).containsExactly(2_000, 2_000, 500);
        assertThat(decoded)
                .containsExactlyElementsOf(
                        reports.stream().map(KeyedReport::report).toList());
    }

    @Test
    void decodesALargeAnswerAlsoAfterThePoolWasClosed() {
        threads.shutdownNow();
        assertDecoded(reports(LARGE));
    }

    @Test
    void anInterruptionLosesNoReport() {
        Thread.currentThread().interrupt();
        assertDecoded(reports(LARGE));
        assertThat(Thread.interrupted()).as("the interruption is kept").isTrue();
    }

    @Test
    void passesAnUnexpectedExceptionOn() {
        PrivateTrackerKey wiped = PrivateTrackerKey.generate(new SecureRandom());
        List<KeyedReport> broken = IntStream.range(0, LARGE)
                .mapToObj(number -> new KeyedReport(null, new EncryptedReport(wiped.hashed(), new byte[1])))
                .toList();

        assertThatThrownBy(() -> decoder.decode(broken)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void findsTheTrackerOfEachReportOfAnAnswer() {
        Instant now = Instant.parse("2026-03-04T05:06:07Z");
        RequestPlanner planner = new RequestPlanner(256, Duration.ofDays(7));
        FetchPlan<FetchTarget> plan =
                planner.plan(List.of(target.planned(planner, now)), now).orElseThrow();
        EncryptedReport report = new EncryptedReport(key.hashed(), new byte[5]);

        List<DecodedReport> decoded = decoder.decode(plan, new Answered(Map.of(key.hashed(), List.of(report)), 0));

        assertThat(decoded).singleElement().satisfies(each -> {
            assertThat(each.target().trackerId()).isEqualTo(7);
            assertThat(each.outcome().encrypted()).isEqualTo(report);
        });
    }
}
