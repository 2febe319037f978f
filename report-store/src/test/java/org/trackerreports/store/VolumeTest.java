package org.trackerreports.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trackerreports.store.server.StoreFixture.NOW;
import static org.trackerreports.store.server.StoreFixture.newKey;
import static org.trackerreports.store.server.StoreFixture.report;
import static org.trackerreports.store.server.StoreFixture.tracker;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.server.OnEveryServer;
import org.trackerreports.store.server.ServerKind;
import org.trackerreports.store.tracker.AddOutcome;
import org.trackerreports.store.tracker.NewTracker;

/** Amounts as companies have them. The WebAssembly server is left out: it is slow, and behaves the same. */
@ParameterizedClass
@EnumSource(value = ServerKind.class, mode = EnumSource.Mode.EXCLUDE, names = "TIMESCALEDB")
class VolumeTest extends OnEveryServer {

    private static final int TRACKERS = 100_000;

    @Test
    void importsOneHundredThousandTrackersInOneGo() {
        List<NewTracker> trackers = new ArrayList<>(TRACKERS);
        for (int i = 0; i < TRACKERS; i++) {
            trackers.add(tracker("tracker " + i, newKey()));
        }
        List<NewTracker> withLateTwins = new ArrayList<>(trackers);
        withLateTwins.add(tracker("tracker 7", newKey()));
        withLateTwins.add(tracker("another name", trackers.get(8).hashedKeys().get(0)));
        long start = System.nanoTime();
        List<AddOutcome> outcomes = fixture.store.trackers().add(withLateTwins);
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(outcomes.subList(0, TRACKERS)).allMatch(AddOutcome.Added.class::isInstance);
        assertThat(outcomes.get(TRACKERS).toString()).contains("occurs twice in this import (items 8 and 100001)");
        assertThat(outcomes.get(TRACKERS + 1).toString()).contains("belongs to tracker tracker 8");
        assertThat(fixture.store.trackers().add(trackers)).allMatch(AddOutcome.AlreadyThere.class::isInstance);
        AtomicLong ids = new AtomicLong();
        fixture.store.trackers().forEachEnabledId(id -> ids.incrementAndGet());
        assertThat(ids).hasValueGreaterThanOrEqualTo(TRACKERS);
        System.out.println(kind + ": imported " + TRACKERS + " trackers in " + took.toMillis() + " ms");
    }

    @Test
    void takesFiftyThousandLateReportsIntoTheHistory() {
        Random random = new Random(50);
        List<String> keys = new ArrayList<>();
        List<NewTracker> trackers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            keys.add(newKey());
            trackers.add(tracker("late " + i, keys.get(i)));
        }
        List<Long> ids = fixture.store.trackers().add(trackers).stream()
                .map(outcome -> ((AddOutcome.Added) outcome).id())
                .toList();
        Instant start = NOW.minus(Duration.ofDays(7));
        fixture.insert(report(keys.get(0), NOW.minusSeconds(1), 1, 1));
        fixture.store.history().refresh();
        for (int batch = 0; batch < 100; batch++) {
            List<NewReport> reports = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                reports.add(report(
                        keys.get(random.nextInt(100)),
                        start.plusSeconds(random.nextInt(7 * 24 * 3600 - 3600)),
                        random.nextInt(9_000) / 100.0,
                        batch + i / 1_000.0));
            }
            assertThat(fixture.store.reports().insert(reports, List.of()).newReports())
                    .isEqualTo(500);
        }
        fixture.store.history().refresh();
        HistoryQuery query = HistoryQuery.of(ids, start, NOW);

        AtomicLong reports = new AtomicLong();
        fixture.store.history().forEachReport(query, report -> reports.incrementAndGet());
        AtomicLong inHours = new AtomicLong();
        fixture.store.history().forEachHour(query, hour -> inHours.addAndGet(hour.reportCount()));
        AtomicLong inDays = new AtomicLong();
        fixture.store.history().forEachDay(query, day -> inDays.addAndGet(day.reportCount()));
        assertThat(reports).hasValue(50_001);
        assertThat(inHours).hasValue(50_001);
        assertThat(inDays).hasValue(50_001);
    }
}
