package org.trackerreports.store.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trackerreports.store.server.StoreFixture.KEY;
import static org.trackerreports.store.server.StoreFixture.tracker;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.movement.Judge;
import org.trackerreports.store.movement.JudgingSettings;
import org.trackerreports.store.movement.PlaceJudgement;
import org.trackerreports.store.movement.PlaceWindow;
import org.trackerreports.store.movement.ReportWindow;
import org.trackerreports.store.movement.WindowJudgement;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.server.OnEveryServer;
import org.trackerreports.store.server.ServerKind;
import org.trackerreports.store.server.StoreFixture;

/** The planner's own choice for the very statements that the store issues, with values and statistics as in use. */
@ParameterizedClass
@EnumSource(ServerKind.class)
class QueryPlanTest extends OnEveryServer {

    private static final int TRACKERS = 200;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
    private final List<String> plans = new ArrayList<>();
    private ReportStore store;
    private long id;

    @BeforeParameterizedClassInvocation
    void fill() {
        fixture.store
                .trackers()
                .add(IntStream.range(0, TRACKERS)
                        .mapToObj(i -> tracker("tracker " + i, StoreFixture.newKey()))
                        .toList());
        fixture.execute(
                "INSERT INTO location_reports (hashed_adv_key, \"timestamp\", location, confidence, tracker_id, digest)"
                        + " SELECT k.hashed_adv_key, timestamptz '" + now
                        + "' - n * interval '7 hours' - k.tracker_id * interval '1 minute',"
                        + " location_of((n * 7 + k.tracker_id * 3) % 160 - 80, (n * 11 + k.tracker_id * 5) % 340 - 170), 2, k.tracker_id,"
                        + " md5(n::text)::uuid FROM generate_series(1, 150) n CROSS JOIN tracker_keys k");
        StoreFixture.refreshAsOf(fixture, now);
        fixture.execute("ANALYZE");
        id = fixture.store.trackers().find("tracker 77").orElseThrow().id();
        DataSource explaining = explaining(fixture.dataSource());
        store = ReportStore.open(explaining, KEY, Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void findsTheLatestPositionsThroughTheIndex() {
        assertThat(plan(history -> history.latest(List.of(id)))).contains("location_reports_tracker_time");
        assertThat(plan(History::latest)).contains("location_reports_tracker_time");
    }

    @Test
    void findsTheReportsOfATrackerThroughTheIndex() {
        assertThat(plan(history -> history.reports(month()))).contains("location_reports_tracker_time");
    }

    /** A bitmap or a sort would read all reports of a tracker, to judge a new one by a few. */
    @Test
    void findsTheReportsThatAreJudgedInTheOrderOfTheIndex() {
        JudgingSettings settings = new JudgingSettings("test", 1_000, 2, Duration.ofDays(8));
        String plan = planOf(asked -> assertThatThrownBy(() -> asked.judging().step(new Undecided(), settings))
                .isInstanceOf(AssertionError.class));
        // The plan before it finds which trackers have new reports.
        assertThat(plan.substring(plan.indexOf("Function Scan on t ")))
                .contains("location_reports_tracker_time")
                .doesNotContain("Bitmap Heap Scan", "Sort  (");
    }

    @Test
    void findsHoursAndDaysOfATrackerThroughTheIndex() {
        String hours = plan(history -> history.hours(month()));
        String days = plan(history -> history.days(month()));
        if (kind.timescaledb()) {
            // A chunk's number is part of its index' name, which is cut off at 63 characters.
            assertThat(hours).contains("_materialized_hypertable_", "tracker_id_bucket");
            assertThat(days).contains("_materialized_hypertable_", "tracker_id_bucket");
        } else {
            assertThat(hours).contains("location_history_hourly_pkey");
            assertThat(days).contains("location_history_daily_pkey");
        }
    }

    @Test
    void findsTheRowsOfATrackerInTheViewOfTheOriginalSystemThroughTheIndex() {
        String plan = explain("SELECT * FROM location_history WHERE tracker_id = " + id + " AND bucket >= '"
                + now.minus(Duration.ofDays(30)) + "'");
        assertThat(plan).contains(kind.timescaledb() ? "tracker_id_bucket" : "location_history_daily_pkey");
        assertThat(plan).doesNotContain("Seq Scan on location", "Seq Scan on _hyper");
    }

    /** TimescaleDB makes an index of its own for each column by which an aggregate groups. */
    @Test
    void hasOnlyIndexesOfAggregatesThatSomethingUses() {
        Assumptions.assumeTrue(kind.timescaledb(), "elsewhere the history has one index");
        List<String> aggregates = fixture.firstColumn("SELECT format('%I.%I', materialization_hypertable_schema,"
                + " materialization_hypertable_name) FROM timescaledb_information.continuous_aggregates");
        assertThat(aggregates).hasSize(2).allSatisfy(aggregate -> {
            assertThat(fixture.firstColumn("SELECT string_agg(a.attname, ',' ORDER BY a.attnum) FROM pg_index i"
                            + " JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)"
                            + " WHERE i.indrelid = '" + aggregate + "'::regclass GROUP BY i.indexrelid ORDER BY 1"))
                    .containsExactly("bucket", "tracker_id,bucket");
            // What the refresh does with the hours that changed.
            assertThat(explain("DELETE FROM " + aggregate + " WHERE bucket >= '" + now.minus(Duration.ofHours(3))
                            + "' AND bucket < '" + now + "'"))
                    .doesNotContain("Seq Scan on _hyper");
        });
    }

    /** Ends a step by an error, which undoes it, so that nothing is judged for the other tests. */
    private static final class Undecided implements Judge {

        @Override
        public WindowJudgement judge(ReportWindow window) {
            throw new AssertionError();
        }

        @Override
        public PlaceJudgement transitions(PlaceWindow window) {
            throw new AssertionError();
        }

        @Override
        public Optional<String> battery(StoredReport report) {
            throw new AssertionError();
        }
    }

    private String explain(String sql) {
        return String.join("\n", fixture.firstColumn("EXPLAIN " + sql));
    }

    @Test
    void findsPlacesThroughTheSpatialIndex() {
        HistoryQuery everybody = HistoryQuery.of(List.of(), now.minus(Duration.ofDays(60)), now);
        assertThat(plan(history -> history.near(new Position(10, 20), 50_000, everybody, 10)))
                .contains("location_reports_location");
        assertThat(plan(history -> history.inBox(new GeoBox(10, 20, 12, 22), everybody, 10)))
                .contains("location_reports_location");
    }

    private HistoryQuery month() {
        return HistoryQuery.of(id, now.minus(Duration.ofDays(30)), now);
    }

    private String plan(Consumer<History> question) {
        return planOf(asked -> question.accept(asked.history()));
    }

    /** The plans of a question; none may read a whole table of reports or history. */
    private String planOf(Consumer<ReportStore> question) {
        plans.clear();
        question.accept(store);
        String plan = String.join("\n", plans);
        assertThat(plan).isNotEmpty().doesNotContain("Seq Scan on location", "Seq Scan on _hyper");
        return plan;
    }

    /** Explains each statement with its values before it runs. */
    private DataSource explaining(DataSource source) {
        return proxy(
                DataSource.class,
                source,
                (method, none) -> method.getName().equals("getConnection") ? explaining(source.getConnection()) : null);
    }

    private Connection explaining(Connection connection) {
        return proxy(
                Connection.class,
                connection,
                (method, arguments) -> method.getName().equals("prepareStatement")
                        ? explaining(
                                connection, (String) arguments[0], connection.prepareStatement((String) arguments[0]))
                        : null);
    }

    private PreparedStatement explaining(Connection connection, String sql, PreparedStatement prepared) {
        Map<Method, List<Object[]>> values = new LinkedHashMap<>();
        return proxy(PreparedStatement.class, prepared, (method, arguments) -> {
            if (method.getName().startsWith("set") && arguments.length > 1) {
                values.computeIfAbsent(method, setter -> new ArrayList<>()).add(arguments);
            } else if (method.getName().equals("executeQuery") && sql.contains("location_")) {
                explain(connection, sql, values);
            }
            return null;
        });
    }

    private void explain(Connection connection, String sql, Map<Method, List<Object[]>> values)
            throws SQLException, ReflectiveOperationException {
        try (PreparedStatement explain = connection.prepareStatement("EXPLAIN " + sql)) {
            for (Map.Entry<Method, List<Object[]>> setter : values.entrySet()) {
                for (Object[] arguments : setter.getValue()) {
                    setter.getKey().invoke(explain, arguments);
                }
            }
            try (ResultSet row = explain.executeQuery()) {
                while (row.next()) {
                    plans.add(row.getString(1));
                }
            }
        }
    }

    private interface Answer {
        /** Something else than the method's own answer, or null. */
        Object to(Method method, Object[] arguments) throws SQLException, ReflectiveOperationException;
    }

    private static <T> T proxy(Class<T> type, T target, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                QueryPlanTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object other = answer.to(method, arguments);
                    try {
                        return other != null ? other : method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
