package org.trackerreports.core.movement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trackerreports.core.movement.JudgedWorld.HOME;
import static org.trackerreports.core.movement.JudgedWorld.NOW;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trackerreports.core.movement.JudgedWorld.Sighting;
import org.trackerreports.core.movement.JudgedWorld.Tracker;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Schema;
import org.trackerreports.store.movement.JudgingResult;
import org.trackerreports.store.movement.JudgingSettings;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.secret.MasterKey;

/** What a judgement reads of the history. */
class JudgingReadsTest {

    private static final int HISTORY = 4_000;
    private static final Duration STEP = Duration.ofMinutes(10);
    private static final JudgingSettings SETTINGS = new JudgingSettings("test", HISTORY, 2, Duration.ofDays(8));

    /** A tracker of some years has a hundred thousand reports, and gets a new one every half hour. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aNewReportIsJudgedByAFewOthersHoweverLongTheHistoryIs(boolean withPlaces) throws IOException, SQLException {
        HikariConfig config = new HikariConfig();
        // One session, so that it can be made to publish its statistics.
        config.setMaximumPoolSize(1);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            config.setDataSource(postgres.getPostgresDatabase());
            try (HikariDataSource pool = new HikariDataSource(config)) {
                Schema.migrate(postgres.getPostgresDatabase());
                ReportStore store = ReportStore.open(pool, MasterKey.random(), Clock.fixed(NOW, ZoneOffset.UTC));
                JudgedWorld world = new JudgedWorld(store);
                if (withPlaces) {
                    world.addPlaces();
                }
                Tracker tracker = world.addTracker();
                store.reports().insert(history(tracker), List.of());
                judgeAll(store);
                execute(pool, "VACUUM ANALYZE");
                long before = rowsRead(pool);

                store.reports().insert(List.of(atHome(NOW).of(tracker)), List.of());
                JudgingResult result = store.judging().step(new MovementJudge(), SETTINGS);

                assertThat(result.reports()).isPositive();
                assertThat(store.history().latest())
                        .singleElement()
                        .satisfies(latest -> assertThat(latest.timestamp()).isEqualTo(NOW));
                assertThat(rowsRead(pool) - before).isBetween(10L, 100L);
            }
        }
    }

    private static List<NewReport> history(Tracker tracker) {
        return IntStream.rangeClosed(1, HISTORY)
                .mapToObj(i -> atHome(NOW.minus(STEP.multipliedBy(i))).of(tracker))
                .toList();
    }

    private static Sighting atHome(Instant time) {
        return new Sighting(time, HOME, 20, 2, 0x10);
    }

    private static void judgeAll(ReportStore store) {
        JudgingResult result;
        do {
            result = store.judging().step(new MovementJudge(), SETTINGS);
        } while (result.more());
    }

    private static long rowsRead(HikariDataSource pool) throws SQLException {
        execute(pool, "SELECT pg_stat_force_next_flush()");
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_user_tables"
                        + " WHERE relname = 'location_reports'")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void execute(HikariDataSource pool, String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
