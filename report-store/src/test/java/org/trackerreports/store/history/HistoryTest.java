package org.trackerreports.store.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.trackerreports.store.server.StoreFixture.NOW;
import static org.trackerreports.store.server.StoreFixture.newKey;
import static org.trackerreports.store.server.StoreFixture.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trackerreports.store.error.UnknownTrackerException;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.server.ServerKind;

@ParameterizedClass
@EnumSource(ServerKind.class)
class HistoryTest extends HistoryOnEveryServer {

    @Test
    void neverShowsAPlaceBetweenTwoFarPointsOfOneHour() {
        String key = newKey();
        long tracker = fixture.addTracker("far points", key);
        Instant berlin = DAY.plus(Duration.ofMinutes(10));
        fixture.insert(report(key, berlin, 52.5, 13.4), report(key, berlin.plusSeconds(1800), -33.9, 151.2));
        history().refresh();
        HistoryQuery day = HistoryQuery.of(tracker, DAY, DAY.plus(Duration.ofDays(1)));

        for (List<HistoryBucket> rows : List.of(history().hours(day), history().days(day))) {
            assertThat(rows).singleElement().satisfies(row -> {
                assertThat(row.position()).isEqualTo(new Position(-33.9, 151.2));
                assertThat(row.reportCount()).isEqualTo(2);
                assertThat(row.firstTime()).isEqualTo(berlin);
                assertThat(row.lastTime()).isEqualTo(berlin.plusSeconds(1800));
                assertThat(row.hashedAdvKey()).isEqualTo(key);
                assertThat(row.nearestCity()).contains("Somewhere, XX");
                assertThat(row.horizontalAccuracy()).hasValue(12.5);
                assertThat(row.start()).isEqualTo(DAY);
            });
        }
    }

    @Test
    void choosesTheSameReportOfOneSecondInEveryView() {
        String key = newKey();
        long tracker = fixture.addTracker("ties", key);
        List<NewReport> batch = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            batch.add(report(key, DAY, i, i));
        }
        fixture.store.reports().insert(batch, List.of());
        history().refresh();
        HistoryQuery day = HistoryQuery.of(tracker, DAY, DAY.plusSeconds(3600));
        Position latest = new Position(
                history().latest(List.of(tracker)).get(0).latitude(),
                history().latest(List.of(tracker)).get(0).longitude());

        assertThat(history().hours(day).get(0).position()).isEqualTo(latest);
        assertThat(history().days(day).get(0).position()).isEqualTo(latest);
        assertThat(history().reports(day).get(19).content().position()).contains(latest);
    }

    @Test
    void leavesOutFlaggedPositionsUnlessAsked() {
        String key = newKey();
        long tracker = fixture.addTracker("marks", key);
        NewReport good = report(key, DAY, 10, 10);
        NewReport bad = report(key, DAY.plusSeconds(60), 80, 80);
        NewReport flagged = new NewReport(
                bad.trackerId(),
                key,
                bad.timestamp(),
                bad.content().withFlags(Set.of("speed", "lone"), Set.of()),
                bad.payload(),
                NOW);
        fixture.insert(good, flagged);
        history().refresh();
        HistoryQuery day = HistoryQuery.of(tracker, DAY, DAY.plusSeconds(3600));

        assertThat(history().reports(day)).hasSize(1);
        assertThat(history().days(day)).singleElement().satisfies(bucket -> {
            assertThat(bucket.position()).isEqualTo(new Position(10, 10));
            assertThat(bucket.reportCount()).isEqualTo(1);
            assertThat(bucket.flagged()).isFalse();
        });
        assertThat(history().hours(day.inZone(ZoneId.of("Asia/Kolkata"))).get(0).position())
                .isEqualTo(new Position(10, 10));
        assertThat(history().coverage(day, Duration.ofHours(1)).last()).contains(DAY);
        assertThat(history().inBox(new GeoBox(79, 79, 81, 81), day, 5)).isEmpty();
        assertThat(history().near(new Position(80, 80), 100, day, 5)).isEmpty();
        assertThat(history().latest(List.of(tracker))).singleElement().satisfies(latest -> {
            assertThat(latest.latitude()).isEqualTo(10);
            assertThat(latest.flags()).isEmpty();
        });
        assertThat(history().latest(Map.of()).stream().filter(each -> each.trackerId() == tracker))
                .allSatisfy(latest -> assertThat(latest.latitude()).isEqualTo(10));

        HistoryQuery with = day.withFlags(FlagFilter.WITH);
        assertThat(history().reports(with)).hasSize(2);
        assertThat(history().reports(with).get(1).content().flags()).containsExactlyInAnyOrder("speed", "lone");
        assertThat(history().days(with).get(0).position()).isEqualTo(new Position(80, 80));
        assertThat(history().hours(with).get(0).reportCount()).isEqualTo(2);
        assertThat(history().hours(with).get(0).flagged()).isTrue();
        assertThat(history().inBox(new GeoBox(79, 79, 81, 81), with, 5)).hasSize(1);
        assertThat(history().latest(List.of(tracker), 2, FlagFilter.WITH))
                .singleElement()
                .satisfies(latest -> assertThat(latest.flags()).containsExactlyInAnyOrder("speed", "lone"));

        HistoryQuery only = day.withFlags(FlagFilter.ONLY);
        assertThat(history().reports(only)).hasSize(1);
        assertThat(history().hours(only).get(0).reportCount()).isEqualTo(1);
        assertThat(history().days(only).get(0).position()).isEqualTo(new Position(80, 80));
        assertThat(history().near(new Position(80, 80), 100, only, 5)).hasSize(1);
        assertThat(history().latest(List.of(tracker), 3, FlagFilter.ONLY)).isEmpty();
    }

    @Test
    void forgetsAHourWhoseReportsWereRemoved() {
        String key = newKey();
        long tracker = fixture.addTracker("removed", key);
        fixture.insert(report(key, DAY, 10, 10), report(key, DAY.plusSeconds(7200), 11, 11));
        history().refresh();
        fixture.execute(
                "DELETE FROM location_reports WHERE tracker_id = " + tracker + " AND \"timestamp\" > '" + DAY + "'");
        history().refresh();
        HistoryQuery day = HistoryQuery.of(tracker, DAY, DAY.plus(Duration.ofDays(1)));

        assertThat(history().hours(day)).hasSize(1);
        assertThat(history().days(day).get(0).position()).isEqualTo(new Position(10, 10));
    }

    @Test
    void findsWhatIsNearAndWhatIsInABoxAlsoAcrossTheDateLine() {
        String key = newKey();
        long tracker = fixture.addTracker("places", key);
        fixture.insert(
                report(key, DAY, -17.0, 179.99),
                report(key, DAY.plusSeconds(1), -17.0, -179.99),
                report(key, DAY.plusSeconds(2), -17.0, 170.0),
                report(key, DAY.plusSeconds(3), 89.9, 0),
                report(key, DAY.plusSeconds(4), 89.9, 179));
        HistoryQuery day = HistoryQuery.of(tracker, DAY, DAY.plusSeconds(60));

        List<NearbyReport> near = history().near(new Position(-17, 180), 5_000, day, 10);
        assertThat(near).hasSize(2);
        // One hundredth of a degree of longitude at 17° south: cos 17° × 1,111.95 m.
        assertThat(near)
                .allSatisfy(report -> assertThat(report.distanceMetres()).isCloseTo(1_063.4, within(0.5)));
        assertThat(history().near(new Position(90, 0), 20_000, day, 10)).hasSize(2);
        assertThat(history().near(new Position(-17, 180), 5_000, day, 1)).hasSize(1);
        assertThat(history().inBox(new GeoBox(-18, 179, -16, -179), day, 10)).hasSize(2);
        assertThat(history().inBox(new GeoBox(-18, 169, -16, 171), day, 10))
                .singleElement()
                .satisfies(report -> assertThat(report.timestamp()).isEqualTo(DAY.plusSeconds(2)));
        assertThatThrownBy(() -> history().near(new Position(-17, 181), 1, day, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("181");
    }

    @Test
    void tellsGapsAndCoverage() {
        String key = newKey();
        long tracker = fixture.addTracker("coverage", key);
        fixture.insert(
                report(key, DAY.plus(Duration.ofMinutes(30)), 1, 1),
                report(key, DAY.plus(Duration.ofMinutes(50)), 1, 1),
                report(key, DAY.plus(Duration.ofMinutes(300)), 1, 1));
        history().refresh();

        Coverage coverage =
                history().coverage(HistoryQuery.of(tracker, DAY, DAY.plus(Duration.ofHours(10))), Duration.ofHours(2));

        assertThat(coverage.reportCount()).isEqualTo(3);
        assertThat(coverage.hours()).isEqualTo(10);
        assertThat(coverage.hoursWithReports()).isEqualTo(2);
        assertThat(coverage.share()).isEqualTo(0.2);
        assertThat(coverage.daysWithReports()).isEqualTo(1);
        assertThat(coverage.gaps())
                .containsExactly(
                        new Coverage.Gap(DAY.plus(Duration.ofMinutes(50)), DAY.plus(Duration.ofMinutes(300))),
                        new Coverage.Gap(DAY.plus(Duration.ofMinutes(300)), DAY.plus(Duration.ofHours(10))));
        assertThat(coverage.longestGap().orElseThrow().length()).isEqualTo(Duration.ofMinutes(300));
    }

    @Test
    void refusesUnknownTrackersAndBadRangesWithAClearError() {
        assertThatThrownBy(() -> history().reports(HistoryQuery.of(987_654, DAY, NOW)))
                .isInstanceOf(UnknownTrackerException.class)
                .hasMessageContaining("987654");
        assertThatThrownBy(() -> HistoryQuery.of(1, NOW, DAY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not after its start");
        assertThat(history().reports(HistoryQuery.of(List.of(), Instant.MIN, Instant.MAX)))
                .isSortedAccordingTo(Comparator.comparingLong(
                                (StoredReport report) -> report.trackerId().getAsLong())
                        .thenComparing(StoredReport::timestamp));
    }

    @Test
    void countsWhatWasReceived() {
        String key = newKey();
        fixture.addTracker("counts", key);
        StoreCounts before = history().counts(NOW);
        fixture.insert(report(key, DAY, 1, 1));
        StoreCounts after = history().counts(NOW);

        assertThat(after.receivedReports()).isEqualTo(before.receivedReports() + 1);
        assertThat(after.lastReceived()).isPresent();
        assertThat(after.enabledTrackers()).isPositive();
    }
}
