package org.trackerreports.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trackerreports.server.support.EventClient;
import org.trackerreports.server.support.TestServer;
import org.trackerreports.server.support.TestStore;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Schema;
import org.trackerreports.store.access.TokenScope;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.schema.DatabasePurpose;

/** What the roles of the database that {@code tools db grant} sets up can do, and what they cannot. */
class DatabaseRoleTest {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final String KEY = TestStore.newKey();

    private static TestStore data;
    private static long bike;

    @BeforeAll
    static void start() {
        data = new TestStore(CLOCK);
        bike = data.addTracker("Bike", Map.of(), KEY);
        data.insert(TestStore.report(KEY, CLOCK.instant().minusSeconds(7_200), 52.5, 13.4));
        for (DatabasePurpose purpose : DatabasePurpose.values()) {
            // Roles belong to the server, which other tests use as well.
            String role = role(purpose);
            data.execute(
                    "DO $$ BEGIN CREATE ROLE " + role + " LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
            Schema.grant(data.dataSource(), role, purpose);
        }
    }

    private static String role(DatabasePurpose purpose) {
        return "role_" + purpose;
    }

    @AfterAll
    static void stop() {
        data.close();
    }

    @ParameterizedTest
    @EnumSource(DatabasePurpose.class)
    void noRoleReadsSecrets(DatabasePurpose purpose) throws SQLException {
        try (HikariDataSource own = data.dataSource(role(purpose))) {
            for (String secret : List.of(
                    "SELECT key_material FROM trackers",
                    "SELECT * FROM trackers",
                    "SELECT count(*) FROM accounts",
                    "SELECT session FROM accounts",
                    "SELECT password FROM accounts",
                    "SELECT * FROM master_keys")) {
                assertRefused(own, secret);
            }
            assertRefused(own, "UPDATE trackers SET key_material = ''");
            assertRefused(own, "DELETE FROM trackers");
            assertRefused(own, "DELETE FROM location_reports");
            assertRefused(own, "CREATE TABLE own_table (id int)");
            if (purpose != DatabasePurpose.SERVE) {
                assertRefused(own, "SELECT secret_hash FROM access_tokens");
            }
            assertRefused(
                    own, "INSERT INTO access_tokens (id, secret_hash, name, scope) VALUES ('x', '', 'x', 'admin')");
        }
    }

    private static void assertRefused(HikariDataSource own, String sql) throws SQLException {
        try (Connection connection = own.getConnection();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql))
                    .as(sql)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
        }
    }

    @Test
    void aRoleForServingServes() {
        data.judge();
        try (HikariDataSource own = data.dataSource(role(DatabasePurpose.SERVE));
                TestServer server = new TestServer(own, CLOCK)) {
            assertThat(server.json("/api/v1/trackers")
                            .path("trackers")
                            .get(0)
                            .path("name")
                            .asText())
                    .isEqualTo("Bike");
            for (String part : List.of("/reports", "/history", "/stays", "/trips", "/gaps", "/transitions")) {
                server.json("/api/v1/trackers/" + bike + part);
            }
            for (String path : List.of("/positions", "/labels", "/places", "/shares", "/session", "/transitions")) {
                server.json("/api/v1" + path);
            }
            assertThat(server.write(
                                    "POST",
                                    "/api/v1/places",
                                    "{\"name\":\"H\",\"lat\":52.5,\"lon\":13.4,\"radius_m\":100}")
                            .statusCode())
                    .isEqualTo(201);
            long place = server.json("/api/v1/places")
                    .path("places")
                    .get(0)
                    .path("id")
                    .asLong();
            assertThat(server.write(
                                    "PUT",
                                    "/api/v1/places/" + place,
                                    "{\"name\":\"I\",\"lat\":52.5,\"lon\":13.4,\"radius_m\":100}")
                            .statusCode())
                    .isEqualTo(200);
            data.judge();
            assertThat(server.write("DELETE", "/api/v1/places/" + place, "").statusCode())
                    .isEqualTo(204);
            assertThat(server.write(
                                    "POST",
                                    "/api/v1/shares",
                                    "{\"trackers\":[" + bike + "],\"expires\":\"2100-01-01T00:00:00Z\"}")
                            .statusCode())
                    .isEqualTo(201);
            assertThat(server.write(
                                    "PATCH",
                                    "/api/v1/trackers/" + bike,
                                    "{\"name\":\"Bicycle\",\"labels\":{\"a\":\"b\"},\"enabled\":true}")
                            .statusCode())
                    .isEqualTo(200);
            String token = data.token("role", TokenScope.READ, Map.of());
            server.json("/api/v1/trackers", "Authorization", "Bearer " + token);
            assertThat(data.store.tokens().list().get(0).lastUsed()).isPresent();
            try (EventClient events = new EventClient(server, "?types=position")) {
                data.insert(TestStore.report(KEY, CLOCK.instant().minusSeconds(3_600), 52.6, 13.4));
                data.judge();
                assertThat(events.next().type()).isEqualTo("position");
            }
        }
    }

    @Test
    void aRoleForJudgingJudges() {
        try (HikariDataSource own = data.dataSource(role(DatabasePurpose.MOVE))) {
            ReportStore store = ReportStore.openWithoutSecrets(own, CLOCK);
            data.insert(TestStore.report(KEY, CLOCK.instant().minusSeconds(1_800), 52.7, 13.4));
            data.store.trackers().changeLabels(bike, Map.of("judged", "again"), List.of());

            assertThat(data.judgeWith(store, "COARSE")).isPositive();

            store.judging().findSilent(Duration.ofHours(1));
            store.feed().purge(Duration.ZERO, Duration.ofDays(7));
            store.feed().release("move", "test");
            assertThat(store.judging().backlog().lag().events()).isZero();
        }
    }

    @Test
    void aRoleForDeliveringReadsTheFeed() {
        try (HikariDataSource own = data.dataSource(role(DatabasePurpose.DELIVER))) {
            ReportStore store = ReportStore.openWithoutSecrets(own, CLOCK);

            assertThat(store.feed().claim("sink test", "me", Duration.ofSeconds(30), FeedPlace.BEGINNING))
                    .isPresent();
            store.feed().read(FeedPlace.BEGINNING, 10);
            assertThat(store.views().findAll(List.of(bike))).hasSize(1);
            store.feed().forget("sink test");
            assertThat(store.places().list()).isNotNull();
        }
    }
}
