package org.trackerreports.store.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.trackerreports.store.server.StoreFixture.NOW;
import static org.trackerreports.store.server.StoreFixture.newKey;
import static org.trackerreports.store.server.StoreFixture.report;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trackerreports.store.error.UnknownTrackerException;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.schema.Capabilities;
import org.trackerreports.store.server.OnEveryServer;
import org.trackerreports.store.server.ServerKind;
import org.trackerreports.store.server.StoreFixture;

@ParameterizedClass
@EnumSource(ServerKind.class)
class HistoryTest extends OnEveryServer {

    /** A Monday; days before the fixture's present. */
    private static final Instant DAY = Instant.parse("2026-06-08T00:00:00Z");

    private History history() {
        return fixture.store.history();
    }

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
    void hasNoAverageInItsDeployedDefinitions() {
        List<String> definitions = new ArrayList<>();
        fixture.query("SELECT pg_get_viewdef('location_history'::regclass)").forEach(definitions::addAll);
        fixture.query("SELECT pg_get_viewdef('location_history_all'::regclass)").forEach(definitions::addAll);
        if (kind.timescaledb()) {
            fixture.query("SELECT view_definition FROM timescaledb_information.continuous_aggregates")
                    .forEach(definitions::addAll);
            assertThat(definitions)
                    .hasSize(4)
                    .anySatisfy(text -> assertThat(text).contains("last("));
        } else {
            fixture.query("SELECT pg_get_functiondef('refresh_location_history'::regproc)")
                    .forEach(definitions::addAll);
            assertThat(definitions).hasSize(3);
        }
        assertThat(definitions)
                .allSatisfy(text ->
                        assertThat(text.toLowerCase()).doesNotContain("avg(", "centroid", "st_collect", "st_union"));
    }

    @Test
    void hasTheSameColumnsOnEveryServer() {
        List<String> columns = List.of(
                "tracker_id",
                "bucket",
                "confidence",
                "marked",
                "report_count",
                "first_time",
                "last_time",
                "location",
                "horizontal_accuracy",
                "hashed_adv_key",
                "nearest_city",
                "latest_order");
        for (String view : List.of("location_history_hourly", "location_history_daily")) {
            assertThat(columnsOf(view)).containsExactlyElementsOf(columns);
        }
        for (String view : List.of("location_history", "location_history_all")) {
            assertThat(columnsOf(view)).startsWith("resolution").endsWith(columns.toArray(String[]::new));
        }
        assertThat(fixture.store.capabilities()).isEqualTo(new Capabilities(kind.postgis(), kind.timescaledb()));
    }

    private List<String> columnsOf(String view) {
        return fixture.firstColumn("SELECT attname FROM pg_attribute WHERE attrelid = '" + view
                + "'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum");
    }

    @Test
    void hasPoliciesThatBringTheAggregatesUpToDate() {
        Assumptions.assumeTrue(kind == ServerKind.BOTH, "needs TimescaleDB that runs jobs");
        String key = newKey();
        long tracker = fixture.addTracker("policies", key);
        Instant seen = Instant.now().minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.SECONDS);
        fixture.execute("INSERT INTO location_reports (hashed_adv_key, timestamp, location, confidence) VALUES ('" + key
                + "', '" + seen + "', ST_GeomFromText('POINT(1 2)', 4326), 3)");
        List<List<String>> jobs = fixture.query("SELECT job_id FROM timescaledb_information.jobs"
                + " WHERE proc_name = 'policy_refresh_continuous_aggregate' ORDER BY job_id");
        assertThat(jobs).hasSize(2);
        jobs.forEach(job -> fixture.execute("CALL run_job(" + job.get(0) + ")"));

        assertThat(history().days(HistoryQuery.of(tracker, seen, seen.plusSeconds(1))))
                .hasSize(1);
    }

    /** Late reports in random order over ten days; hours and days of every confidence must be what the reports themselves say. */
    @Test
    void givesExactlyWhatTheReportsSayForEveryMinimumConfidence() {
        Random random = new Random(5);
        String key = newKey();
        long tracker = fixture.addTracker("random", key);
        Instant start = DAY.minus(Duration.ofDays(5));
        for (int round = 0; round < 3; round++) {
            List<NewReport> batch = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Instant time = start.plusSeconds(60L * random.nextInt(10 * 24 * 60));
                batch.add(report(
                        key,
                        time,
                        random.nextInt(1800) / 10.0 - 90,
                        random.nextInt(3600) / 10.0 - 180,
                        random.nextInt(4)));
            }
            fixture.store.reports().insert(batch, List.of());
            history().refresh();
        }
        HistoryQuery all = HistoryQuery.of(tracker, start, start.plus(Duration.ofDays(11)));
        for (int confidence = 0; confidence <= 4; confidence++) {
            HistoryQuery query = all.withMinimumConfidence(confidence);
            List<StoredReport> reports = history().reports(query);
            assertThat(history().hours(query))
                    .isEqualTo(bucketsOf(tracker, reports, ChronoUnit.HOURS, ZoneId.of("UTC")));
            assertThat(history().days(query)).isEqualTo(bucketsOf(tracker, reports, ChronoUnit.DAYS, ZoneId.of("UTC")));
            for (String zone : List.of("Europe/Berlin", "Asia/Kolkata", "America/New_York", "+02:00", "-03:30")) {
                HistoryQuery local = query.inZone(ZoneId.of(zone));
                assertThat(history().days(local))
                        .as("days in %s", zone)
                        .isEqualTo(bucketsOf(tracker, reports, ChronoUnit.DAYS, ZoneId.of(zone)));
                assertThat(history().hours(local))
                        .as("hours in %s", zone)
                        .isEqualTo(bucketsOf(tracker, reports, ChronoUnit.HOURS, ZoneId.of(zone)));
            }
        }
    }

    /** Written apart from the SQL: groups by time, and takes the last report of each group as it was given in order. */
    private static List<HistoryBucket> bucketsOf(
            long tracker, List<StoredReport> reports, ChronoUnit unit, ZoneId zone) {
        Map<Instant, List<StoredReport>> groups = new LinkedHashMap<>();
        for (StoredReport report : reports) {
            groups.computeIfAbsent(
                            report.timestamp().atZone(zone).truncatedTo(unit).toInstant(), start -> new ArrayList<>())
                    .add(report);
        }
        return groups.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(group -> {
                    StoredReport latest = group.getValue().get(group.getValue().size() - 1);
                    return new HistoryBucket(
                            tracker,
                            group.getKey(),
                            group.getValue().size(),
                            group.getValue().get(0).timestamp(),
                            latest.timestamp(),
                            latest.content().position().orElseThrow(),
                            latest.content().confidence(),
                            latest.content().horizontalAccuracy(),
                            latest.hashedAdvKey(),
                            latest.content().nearestCity(),
                            !latest.content().flags().isEmpty());
                })
                .toList();
    }

    /** Also where midnight occurs twice, or does not exist, and for names that no server knows. */
    @Test
    void beginsTheDaysOfEveryZoneWhereJavaBeginsThem() {
        String key = newKey();
        long tracker = fixture.addTracker("zones", key);
        // Every hour around the days on which zones change their offset in 2026, and on which Brazil and Egypt had no
        // midnight.
        for (String range : List.of(
                "2018-11-01,2018-11-09",
                "2023-04-25,2023-05-02",
                "2026-03-05,2026-04-27",
                "2026-09-03,2026-09-09",
                "2026-09-25,2026-11-03")) {
            String[] ends = range.split(",");
            fixture.execute("INSERT INTO location_reports (hashed_adv_key, timestamp, location, confidence) SELECT '"
                    + key
                    + "', hour + interval '1 minute', location_of(1, 2), 3 FROM generate_series(timestamptz '" + ends[0]
                    + " UTC', timestamptz '" + ends[1] + " UTC', interval '1 hour') hour");
        }
        StoreFixture.refreshAsOf(fixture, Instant.parse("2027-01-02T00:00:00Z"));
        NamelessZones.register();
        List<StoredReport> reports = history()
                .reports(HistoryQuery.of(
                                tracker, Instant.parse("2018-01-01T00:00:00Z"), Instant.parse("2028-01-01T00:00:00Z"))
                        .withFlags(FlagFilter.WITH));
        Set<ZoneRules> seen = new HashSet<>();
        List<String> named = List.of(
                "America/Havana",
                "Atlantic/Azores",
                "America/Sao_Paulo",
                "Africa/Cairo",
                "Asia/Beirut",
                "America/Asuncion",
                "Australia/Lord_Howe",
                NamelessZones.ID);
        Set<String> zones = new LinkedHashSet<>(named);
        if (kind == ServerKind.PLAIN) {
            zones.addAll(new TreeSet<>(ZoneId.getAvailableZoneIds()));
        }
        for (String id : zones) {
            ZoneId zone = ZoneId.of(id);
            if (!seen.add(zone.getRules())) {
                continue;
            }
            HistoryQuery query = HistoryQuery.of(
                            tracker, Instant.parse("2018-01-01T00:00:00Z"), Instant.parse("2028-01-01T00:00:00Z"))
                    .withFlags(FlagFilter.WITH)
                    .inZone(zone);
            Map<Instant, Long> expected = new TreeMap<>();
            for (StoredReport report : reports) {
                Instant midnight = LocalDate.ofInstant(report.timestamp(), zone)
                        .atStartOfDay(zone)
                        .toInstant();
                expected.merge(midnight, 1L, Long::sum);
            }
            Map<Instant, Long> days = new TreeMap<>();
            history().forEachDay(query, day -> days.put(day.start(), day.reportCount()));
            assertThat(days).as(id).isEqualTo(expected);
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
    void combinesRecentHoursWithOlderDaysInOneView() {
        String key = newKey();
        long tracker = fixture.addTracker("combined", key);
        // The view goes by the database's clock.
        Instant today =
                Instant.parse(fixture.query("SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T00:00:00Z\"')")
                        .get(0)
                        .get(0));
        for (int hour = 1; hour <= 24 * 10; hour++) {
            fixture.execute("INSERT INTO location_reports (hashed_adv_key, timestamp, location, confidence)"
                    + " VALUES ('" + key + "', timestamptz '" + today + "' - " + hour
                    + " * interval '1 hour', ST_GeomFromText('POINT(1 2)', 4326), 3)");
        }
        StoreFixture.refreshAsOf(fixture, today);

        assertThat(fixture.query(
                        "SELECT resolution, count(*), sum(report_count) FROM location_history WHERE tracker_id = "
                                + tracker + " GROUP BY 1 ORDER BY 1"))
                .containsExactly(List.of("day", "3", "72"), List.of("hour", "168", "168"));
    }

    @Test
    void showsOneRowOfMediumAndHighConfidenceForEachHourAsTheOriginalSystem() {
        String key = newKey();
        long tracker = fixture.addTracker("one row", key);
        fixture.execute(
                "INSERT INTO location_reports (hashed_adv_key, timestamp, location, confidence, horizontal_accuracy)"
                        + " SELECT '" + key
                        + "', date_trunc('hour', now()) - interval '2 hours' + n * interval '1 minute',"
                        + " ST_GeomFromText('POINT(' || CASE n WHEN 9 THEN 0 ELSE n END || ' 0)', 4326), c, 10 + n"
                        + " FROM (VALUES (1, 1), (2, 2), (3, 3), (4, 2), (5, 1), (6, 0), (9, 3)) AS v (n, c)");
        fixture.execute(
                "INSERT INTO location_reports (hashed_adv_key, timestamp, location, confidence, horizontal_accuracy)"
                        + " VALUES ('" + key
                        + "', now() + interval '2 hours', ST_GeomFromText('POINT(207 7)', 4326), 3, 1)");
        StoreFixture.refreshAsOf(fixture, Instant.now());

        assertThat(fixture.query(
                        "SELECT report_count, confidence, location_longitude(location), horizontal_accuracy, marked"
                                + " FROM location_history WHERE tracker_id = " + tracker))
                .containsExactly(List.of("3", "2", "4", "14", "f"));
        assertThat(fixture.query("SELECT confidence, marked, report_count FROM location_history_all WHERE tracker_id = "
                        + tracker + " AND bucket < now() ORDER BY 1, 2"))
                .containsExactly(
                        List.of("0", "f", "1"),
                        List.of("1", "f", "2"),
                        List.of("2", "f", "2"),
                        List.of("3", "f", "1"),
                        List.of("3", "t", "1"));
        assertThat(fixture.firstColumn(
                        "SELECT array_to_string(wrong_flags, ',') FROM location_reports WHERE tracker_id = " + tracker
                                + " AND cardinality(wrong_flags) > 0 ORDER BY 1"))
                .as("rows of other programs get the flags, too")
                .containsExactly("COORDINATES_OUT_OF_RANGE,FUTURE", "NULL_ISLAND");
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
    void findsPlacesThroughTheSpatialIndex() throws Exception {
        String key = newKey();
        fixture.addTracker("index", key);
        fixture.insert(report(key, DAY, 1, 1));
        List<String> plan = new ArrayList<>();
        try (Connection connection = fixture.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET enable_seqscan = off");
            try (ResultSet row = statement.executeQuery(
                    "EXPLAIN SELECT 1 FROM location_reports r WHERE location_in_box(r.location, 1, 1, 2, 2)")) {
                while (row.next()) {
                    plan.add(row.getString(1));
                }
            } finally {
                statement.execute("RESET enable_seqscan");
            }
        }
        assertThat(String.join("\n", plan)).contains("location_reports_location");
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
