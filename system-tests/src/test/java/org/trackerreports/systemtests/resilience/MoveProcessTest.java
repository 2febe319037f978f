package org.trackerreports.systemtests.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.movement.JudgingBacklog;
import org.trackerreports.testsupport.FreePorts;

/** The daemon with the role {@code move} alone, as a process of its own. */
class MoveProcessTest {

    private static final System.Logger LOG = System.getLogger(MoveProcessTest.class.getName());

    /** What must not depend on who judged when. */
    private static final List<String> TABLES = List.of(
            "SELECT tracker_id, \"timestamp\", digest, wrong_flags, uncertain_flags FROM location_reports",
            "SELECT tracker_id, \"timestamp\", digest, confidence, uncertain_flags FROM latest_positions",
            "SELECT id, tracker_id, place_id, direction, event_time, decided_time, causing_digest FROM place_transitions"
                    + " WHERE withdrawn_at IS NULL",
            "SELECT tracker_id, heard_at, battery, silent_since FROM tracker_conditions",
            "SELECT tracker_id, reason, from_time FROM movement_due");

    /** The feed forgets after an hour, which is shorter than a thousand lives of a process. */
    private static final String KEEP_ANNOUNCED = """
            CREATE TABLE announced (id uuid, revision integer);
            CREATE FUNCTION keep_announced() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO announced SELECT * FROM unnest(NEW.ids, NEW.revisions);
                RETURN NULL;
            END $$;
            CREATE TRIGGER keep_announced AFTER INSERT ON report_feed
                FOR EACH ROW WHEN (NEW.change = 3) EXECUTE FUNCTION keep_announced()""";

    /** Each revision of a transition is announced once. */
    private static final String ANNOUNCED_WRONGLY = """
            SELECT count(*) FROM
              (SELECT id, count(*) AS times, count(DISTINCT revision) AS revisions FROM announced GROUP BY id) a
              FULL JOIN place_transitions t USING (id)
             WHERE a.times IS DISTINCT FROM t.revision OR a.revisions IS DISTINCT FROM t.revision""";

    @TempDir
    private static Path shared;

    private static DatabaseServer server;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startServer() {
        server = new DatabaseServer(shared);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private FetcherProcess process(String database, String name, int port) {
        Map<String, String> environment = new HashMap<>();
        environment.put("ROLES", "move");
        environment.put("DB_HOST", "127.0.0.1");
        environment.put("DB_PORT", Integer.toString(server.port()));
        environment.put("DB_NAME", database);
        environment.put("DB_USER", DatabaseServer.USER);
        environment.put("DB_PASSWORD", "not asked for");
        // Nobody listens there.
        environment.put("REDIS_URL", "redis://127.0.0.1:1");
        environment.put("HTTP_PORT", Integer.toString(port));
        return new FetcherProcess(
                directory.resolve(name),
                environment,
                List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    }

    @Test
    void needsTheDatabaseAlone() throws Exception {
        ReportStore store = MovedFleet.openIn(server.create("alone"));
        int port = FreePorts.next();
        try (FetcherProcess process = process("alone", "alone", port)) {
            process.start();
            new MovedFleet(new Random(1), 20, 50)
                    .batches()
                    .forEach(batch -> store.reports().insert(batch, List.of()));
            awaitJudged(store);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> page(port, "/status").contains("\"ready\" : true"));
            assertThat(page(port, "/health/live"))
                    .contains("\"name\" : \"move\"")
                    .doesNotContain("heartbeat");
            assertThat(page(port, "/health/ready"))
                    .contains("\"name\" : \"database\"", "\"name\" : \"feed\"")
                    .doesNotContain("queue", "account", "coverage");
            assertThat(page(port, "/status")).contains("\"roles\" : [ \"move\" ]", "\"lag_events\" : ");
            assertThat(page(port, "/metrics"))
                    .contains("trackerreports_feed_lag_events ", "trackerreports_judged_reports_total ")
                    .doesNotContain("dependency=\"queue\"");
            assertThat(process.stop()).isEqualTo(143);
            assertThat(process.log()).contains("Daemon stopped.").doesNotContain(" WARN ", " ERROR ");
            assertThat(directory.resolve("alone/data/master.key")).doesNotExist();
        }
    }

    private static String page(int port, String path) throws IOException, InterruptedException {
        URI address = URI.create("http://localhost:" + port + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void twoProcessesEndInTheSameTablesAsOne() throws Exception {
        MovedFleet fleet = new MovedFleet(new Random(2), 150, 20);
        DataSource database = server.create("two");
        ReportStore store = MovedFleet.openIn(database);
        DatabaseServer.execute(database, KEEP_ANNOUNCED);
        try (FetcherProcess one = process("two", "one", 0);
                FetcherProcess other = process("two", "other", 0)) {
            one.start();
            other.start();
            fleet.batches().forEach(batch -> store.reports().insert(batch, List.of()));
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            one.log().contains("Daemon started") && other.log().contains("Daemon started"));
            awaitJudged(store);
        }
        assertSameTables(database, reference("two_reference", fleet));
    }

    @Test
    void aProcessThatIsKilledEndsInTheSameTablesAsOneThatIsNot() throws Exception {
        killing("killed", 15);
    }

    @Test
    @Tag("long")
    void aProcessThatIsKilledAThousandTimesEndsInTheSameTablesAsOneThatIsNot() throws Exception {
        killing("often_killed", 1_000);
    }

    /** Kills at a random time after the start, while reports come, so that the process dies in every part of its work. */
    private void killing(String name, int kills) throws Exception {
        long seed = Instant.now().toEpochMilli();
        LOG.log(System.Logger.Level.INFO, "Seed {0}", Long.toString(seed));
        Random random = new Random(seed);
        MovedFleet fleet = new MovedFleet(random, 250, Math.max(2, 300 / kills));
        DataSource database = server.create(name);
        ReportStore store = MovedFleet.openIn(database);
        DatabaseServer.execute(database, KEEP_ANNOUNCED);
        int stored = 0;
        try (FetcherProcess process = process(name, name, 0)) {
            for (int kill = 1; kill <= kills; kill++) {
                int until = (int) ((long) fleet.batches().size() * kill / kills);
                long before = judged(store);
                process.start();
                await().atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> process.log().contains("Daemon started"));
                if (kill % 2 == 0) {
                    stored = store(store, fleet, stored, stored + 1);
                    // Half of the lives get further than their first step.
                    await().atMost(Duration.ofSeconds(60))
                            .pollInterval(Duration.ofMillis(5))
                            .until(() -> judged(store) > before);
                }
                stored = store(store, fleet, stored, stored + random.nextInt(Math.max(1, until - stored)));
                process.kill();
                stored = store(store, fleet, stored, until);
            }
            process.start();
            awaitJudged(store);
        }
        assertSameTables(database, reference(name + "_reference", fleet));
    }

    /** Stores batches from one number to before another, and returns how many are stored. */
    private static int store(ReportStore store, MovedFleet fleet, int from, int to) {
        int end = Math.max(from, Math.min(to, fleet.batches().size()));
        fleet.batches().subList(from, end).forEach(batch -> store.reports().insert(batch, List.of()));
        return end;
    }

    private static long judged(ReportStore store) {
        return store.feed().cursors().stream()
                .mapToLong(cursor -> cursor.place().position())
                .sum();
    }

    private DataSource reference(String name, MovedFleet fleet) throws SQLException {
        DataSource database = server.create(name);
        fleet.storeAndJudge(MovedFleet.openIn(database));
        return database;
    }

    private static void awaitJudged(ReportStore store) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    JudgingBacklog backlog = store.judging().backlog();
                    return backlog.lag().events() == 0 && backlog.due() == 0 && backlog.storedBefore() == 0;
                });
    }

    private static void assertSameTables(DataSource database, DataSource reference) throws SQLException {
        for (String query : TABLES) {
            List<String> expected = rows(reference, query);
            assertThat(rows(database, query)).as(query).isEqualTo(expected);
        }
        assertThat(rows(reference, TABLES.get(0)).stream()
                        .filter(row -> row.contains("SPEED") || row.contains("SPIKE")))
                .as("reports that are wrong")
                .isNotEmpty();
        assertThat(rows(reference, TABLES.get(2))).as("transitions").hasSizeGreaterThan(20);
        assertThat(rows(database, ANNOUNCED_WRONGLY)).containsExactly("0");
    }

    private static List<String> rows(DataSource database, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int column = 1; column <= columns; column++) {
                    row.append(column == 1 ? "" : "|").append(result.getString(column));
                }
                rows.add(row.toString());
            }
        }
        rows.sort(null);
        return rows;
    }
}
