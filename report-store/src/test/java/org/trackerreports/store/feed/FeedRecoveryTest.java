package org.trackerreports.store.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trackerreports.store.server.StoreFixture.KEY;
import static org.trackerreports.store.server.StoreFixture.NOW;
import static org.trackerreports.store.server.StoreFixture.newKey;
import static org.trackerreports.store.server.StoreFixture.report;
import static org.trackerreports.store.server.StoreFixture.tracker;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Schema;
import org.trackerreports.store.internal.report.ReportBatch;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.server.InstalledServer;
import org.trackerreports.store.server.TestDatabase;

/** The feed after a crash of the server, and in a copy of the database. */
class FeedRecoveryTest {

    private static final Instant SEEN = NOW.minus(Duration.ofHours(3));

    private final InstalledServer server = new InstalledServer(false);
    private TestDatabase database;
    private ReportStore store;
    private String key;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() {
        server.missing().ifPresent(reason -> Assumptions.abort("skipped: " + reason));
        database = server.newDatabase();
        Schema.migrate(database.dataSource());
        store = open(database.dataSource());
        key = newKey();
        store.trackers().add(List.of(tracker("kept", key)));
        store.feed().number();
    }

    @AfterEach
    void close() {
        server.stop();
    }

    private static ReportStore open(DataSource dataSource) {
        return ReportStore.open(dataSource, KEY, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void aCrashOfTheServerLosesNoCommittedReportAndTellsOfNoOther() throws Exception {
        FeedPlace start = store.feed().end();
        insert(store, 1);
        store.feed().number();
        insert(store, 2);
        try (Connection open = database.dataSource().getConnection()) {
            open.setAutoCommit(false);
            new ReportBatch(open, NOW).store(List.of(reportOf(3)), List.of());
            server.interrupt();
        } catch (SQLException e) {
            // The connection is lost, as it must be.
        }
        server.start();
        database.dataSource()
                .unwrap(HikariDataSource.class)
                .getHikariPoolMXBean()
                .softEvictConnections();

        store.feed().number();
        insert(store, 4);
        store.feed().number();

        assertThat(seconds(store, start)).containsExactly(1L, 2L, 4L);
    }

    @Test
    void aCopyOfTheDatabaseGoesOnWhereTheDumpWasMade() throws Exception {
        FeedPlace start = store.feed().end();
        insert(store, 1);
        store.feed().number();
        FeedPlace read = store.feed().end();
        store.feed().reset("sink", read);
        insert(store, 2);
        Optional<String> dump = database.dump();
        Assumptions.assumeTrue(dump.isPresent(), "skipped: pg_dump failed");
        Path file = Files.writeString(folder.resolve("dump.sql"), dump.get());
        try (TestDatabase copy = server.newDatabase();
                Connection connection = copy.dataSource().getConnection()) {
            String url = connection.getMetaData().getURL();
            Process psql = new ProcessBuilder(
                            "psql",
                            "-q",
                            "-v",
                            "ON_ERROR_STOP=1",
                            "-d",
                            url.substring("jdbc:".length()),
                            "-f",
                            file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("psql.log").toFile())
                    .start();
            assertThat(psql.waitFor())
                    .as(Files.readString(folder.resolve("psql.log")))
                    .isZero();
            ReportStore restored = open(copy.dataSource());
            insert(restored, 3);
            restored.feed().number();

            assertThat(seconds(restored, start)).containsExactly(1L, 2L, 3L);
            FeedPlace place = restored.feed().cursors().get(0).place();
            assertThat(seconds(restored, place)).containsExactly(2L, 3L);
        }
    }

    private NewReport reportOf(int second) {
        return report(key, SEEN.plusSeconds(second), 52, 13);
    }

    private void insert(ReportStore into, int second) {
        into.reports().insert(List.of(reportOf(second)), List.of());
    }

    private static List<Long> seconds(ReportStore from, FeedPlace after) {
        return ((FeedReading.Items) from.feed().readUnjudged(after, 100))
                .items().stream()
                        .map(item -> ((FeedItem.OfReport) item).report().timestamp())
                        .map(time -> Duration.between(SEEN, time).toSeconds())
                        .toList();
    }
}
