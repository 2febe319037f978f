package org.trackerreports.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
import org.trackerreports.store.feed.Feed;
import org.trackerreports.store.feed.FeedItem;
import org.trackerreports.store.feed.FeedListener;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.feed.FeedReading;
import org.trackerreports.store.place.Transition;
import org.trackerreports.store.schema.DatabasePurpose;
import org.trackerreports.store.sink.PublishedMessage;
import org.trackerreports.store.sink.SinkAlert;
import org.trackerreports.store.sink.SinkFailure;
import org.trackerreports.store.sink.SinkReplay;
import org.trackerreports.store.sink.SinkState;
import org.trackerreports.store.sink.Sinks;
import org.trackerreports.store.sink.TrackerLabels;

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

    @Test
    void onlyTheOwnerOfTheTablesRefreshesTheHistory() {
        assertThat(ReportStore.openWithoutSecrets(data.dataSource(), CLOCK)
                        .history()
                        .mayRefresh())
                .isTrue();
        try (HikariDataSource move = data.dataSource(role(DatabasePurpose.MOVE))) {
            assertThat(ReportStore.openWithoutSecrets(move, CLOCK).history().mayRefresh())
                    .isFalse();
        }
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

    @Test
    void aRoleForDeliveringGivesPositionsInTheFeedIfReportsAreToldUnjudged() {
        data.judge();
        try (HikariDataSource own = data.dataSource(role(DatabasePurpose.DELIVER))) {
            Feed feed = ReportStore.openWithoutSecrets(own, CLOCK).feed();
            FeedPlace judged = feed.end();
            Instant seen = CLOCK.instant().truncatedTo(ChronoUnit.SECONDS).minusSeconds(900);
            data.insert(TestStore.report(KEY, seen, 52.8, 13.4));

            assertThat(feed.number()).isPositive();
            assertThat(((FeedReading.Items) feed.read(judged, 10)).items()).isEmpty();
            assertThat(((FeedReading.Items) feed.readUnjudged(judged, 10)).items())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            FeedItem.OfReport.class,
                            item -> assertThat(item.report().timestamp()).isEqualTo(seen));
            try (FeedListener stored = feed.listen();
                    FeedListener judgements = feed.listenJudged()) {
                data.insert(TestStore.report(KEY, seen.plusSeconds(60), 52.8, 13.4));
                data.judge();
                assertThat(stored.await(Duration.ofSeconds(30))).isTrue();
                assertThat(judgements.await(Duration.ofSeconds(30))).isTrue();
            }
            assertThat(feed.isJudged()).isTrue();
            assertThat(feed.purge(Duration.ZERO, Duration.ofDays(7))).isPositive();
            assertThat(feed.read(FeedPlace.BEGINNING, 1)).isInstanceOf(FeedReading.TooFarBehind.class);
        }
    }

    @Test
    void aRoleForDeliveringKeepsTheStateOfSinks() {
        try (HikariDataSource own = data.dataSource(role(DatabasePurpose.DELIVER))) {
            ReportStore store = ReportStore.openWithoutSecrets(own, CLOCK);
            Sinks sinks = store.sinks();
            String consumer = Sinks.consumer("hook");
            Instant time = CLOCK.instant().truncatedTo(ChronoUnit.SECONDS);
            UUID id = new UUID(1, 2);

            sinks.register("hook", "webhook");
            assertThat(store.feed().claim(consumer, "me", Duration.ofSeconds(30), FeedPlace.BEGINNING))
                    .contains(FeedPlace.BEGINNING);
            assertThat(store.feed().advance(consumer, "me", FeedPlace.BEGINNING, new FeedPlace(1, 1)))
                    .isTrue();
            store.feed().release(consumer, "me");
            store.feed().lag(FeedPlace.BEGINNING);
            sinks.waiting("hook", SinkState.Condition.CREDENTIALS, 1, time, "it answered 401", 0);
            sinks.switchedOff("hook", "it answered 410", 0);
            sinks.pause("hook");
            sinks.resume("hook");
            sinks.working("hook", 3, Optional.of(time));
            SinkReplay replay = SinkReplay.since(time.minusSeconds(86_400));
            sinks.replay("hook", Optional.of(replay));
            assertThat(sinks.list()).singleElement().satisfies(state -> {
                assertThat(state.delivered()).isEqualTo(3);
                assertThat(state.replay()).contains(replay);
            });
            assertThat(sinks.reading().next(replay, 10))
                    .hasSizeLessThanOrEqualTo((int) sinks.reading().count(replay));
            assertThat(sinks.reading().trackers(List.of(bike))).containsOnlyKeys(bike);

            SinkFailure refused = new SinkFailure(
                    "trn_1",
                    "1-1",
                    new SinkFailure.Subject(SinkFailure.Kind.TRANSITION, bike, time, id, 1),
                    422,
                    "no",
                    time,
                    false);
            sinks.failures().add("hook", List.of(refused));
            assertThat(sinks.failures().list("hook", 10)).hasSize(1);
            assertThat(sinks.failures().count("hook")).isEqualTo(1);
            assertThat(sinks.failures().sendAgain("hook")).isEqualTo(1);
            assertThat(sinks.failures().next("hook", 10))
                    .as("nothing is stored of it")
                    .isEmpty();
            sinks.failures().remove("hook", List.of("trn_1"));

            SinkAlert alert = new SinkAlert(id, 1, bike, 1, Transition.Direction.ENTERED, "1-1", Optional.empty());
            sinks.alerts().save("hook", List.of(alert));
            assertThat(sinks.alerts().heldBack("hook")).containsExactly(alert);
            assertThat(sinks.alerts().of("hook", List.of(bike), time)).containsExactly(alert);
            assertThat(sinks.reading().transitions(List.of(alert))).isEmpty();
            assertThat(sinks.reading().places(List.of(id))).isEmpty();
            sinks.alerts().remove("hook", List.of(id));

            PublishedMessage message = new PublishedMessage(new TrackerLabels(bike, "Bike", Map.of()), time, "{}");
            sinks.positions().save("hook", message);
            assertThat(sinks.positions().find("hook", bike)).contains(message);
            assertThat(sinks.positions().list("hook")).containsExactly(message);
            sinks.positions().remove("hook", bike);
            sinks.remove("hook");
            assertThat(sinks.list()).isEmpty();
        }
    }
}
