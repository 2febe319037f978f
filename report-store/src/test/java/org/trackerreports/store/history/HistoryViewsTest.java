package org.trackerreports.store.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trackerreports.store.server.StoreFixture.newKey;
import static org.trackerreports.store.server.StoreFixture.report;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trackerreports.store.schema.Capabilities;
import org.trackerreports.store.server.ServerKind;
import org.trackerreports.store.server.StoreFixture;

@ParameterizedClass
@EnumSource(ServerKind.class)
class HistoryViewsTest extends HistoryOnEveryServer {

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
}
