package org.trackerreports.fetcher.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.trackerreports.core.config.DefaultDirectories;
import org.trackerreports.core.config.Role;
import org.trackerreports.core.embedded.DataDirectory;
import org.trackerreports.core.embedded.EmbeddedServers;
import org.trackerreports.core.embedded.ServerAddresses;
import org.trackerreports.core.event.Listeners;
import org.trackerreports.core.lifecycle.StopSignal;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Schema;
import org.trackerreports.store.feed.FeedItem;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.feed.FeedReading;
import org.trackerreports.store.feed.TrackerEvent;
import org.trackerreports.store.movement.JudgingSettings;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Payload;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.store.secret.MasterKey;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.store.tracker.AddOutcome;
import org.trackerreports.store.tracker.NewTracker;

class MoverTest {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Instant NOW = CLOCK.instant().truncatedTo(ChronoUnit.SECONDS);
    private static final Position SOMEWHERE = new Position(52.5, 13.4);
    private static final int FULL = 0b0010_0000;
    private static final int LOW = 0b1010_0000;

    @TempDir
    private static Path temporary;

    private static EmbeddedServers servers;
    private static PGSimpleDataSource database;
    private static ReportStore store;

    private final StopSignal stop = new StopSignal();
    private final Mover mover = new Mover(
            store,
            new MoveSettings(
                    new JudgingSettings("one", 1_000, 2, Duration.ofDays(8)), Duration.ofHours(24), Duration.ofDays(7)),
            Set.of(Role.MOVE),
            new Outages(new Listeners<>(Set.of()), CLOCK),
            new Listeners<>(Set.of()),
            stop,
            CLOCK);

    @BeforeAll
    static void startServers() throws Exception {
        servers = EmbeddedServers.open(
                DataDirectory.prepare(temporary.resolve("data")),
                new EmbeddedServers.Request(
                        EmbeddedServers.User.DAEMON,
                        0,
                        0,
                        DefaultDirectories.cache(Map.copyOf(System.getenv()), temporary)
                                .resolve("programs")));
        database = new PGSimpleDataSource();
        database.setUrl(servers.addresses().databaseUrl());
        database.setUser(ServerAddresses.USER);
        database.setPassword(servers.addresses().databasePassword());
        Schema.migrate(database);
        store = ReportStore.open(database, MasterKey.random(), CLOCK);
    }

    @AfterAll
    static void stopServers() {
        servers.close();
    }

    @AfterEach
    void stopMover() {
        stop.stop();
        mover.end(CLOCK.instant().plusSeconds(30));
    }

    @Test
    void judgesWhatIsStoredWhileItWaits() {
        mover.start();
        within(() -> store.feed().isJudged());
        long tracker = addTracker("judged", Map.of());
        insert(tracker, "judged", NOW.minusSeconds(60), new Position(0, 0), FULL, NOW);
        within(() -> flags(tracker).equals(List.of("{NULL_ISLAND}")));
        stopMover();
        assertThat(store.feed().isJudged()).as("it said that it ends").isFalse();
    }

    @Test
    void goesOnWhenItsListenerIsLost() {
        mover.start();
        within(() -> listeners() == 1);
        long tracker = addTracker("unheard", Map.of());
        rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'");
        insert(tracker, "unheard", NOW.minusSeconds(60), new Position(0, 0), FULL, NOW);
        within(() -> flags(tracker).equals(List.of("{NULL_ISLAND}")));
    }

    @Test
    void goesOnAfterTheDatabaseEndedItsConnections() {
        mover.start();
        within(() -> listeners() == 1);
        for (int round = 0; round < 3; round++) {
            rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
            long tracker = addTracker("ended " + round, Map.of());
            insert(tracker, "ended " + round, NOW.minusSeconds(60), new Position(0, 0), FULL, NOW);
            within(() -> flags(tracker).equals(List.of("{NULL_ISLAND}")));
        }
    }

    @Test
    void callsATrackerSilentOnceAndOnlyIfTheServiceAnsweredForIt() {
        Instant heard = NOW.minus(Duration.ofHours(30));
        long silent = silentTracker("silent", Map.of(), heard, Optional.of(Duration.ofHours(1)));
        long asked = silentTracker("never asked for", Map.of(), heard, Optional.empty());
        long down = silentTracker("account down", Map.of(), heard, Optional.of(Duration.ofHours(29)));
        long patient = silentTracker("patient", Map.of("silent_after", "48"), heard, Optional.of(Duration.ofHours(1)));
        long hasty = silentTracker(
                "hasty",
                Map.of("silent_after", "12h"),
                NOW.minus(Duration.ofHours(13)),
                Optional.of(Duration.ofMinutes(10)));

        mover.start();
        within(() -> types(silent).size() == 1 && types(hasty).size() == 1);

        assertThat(events(silent)).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(TrackerEvent.Type.SILENT);
            assertThat(event.time()).isEqualTo(heard);
        });
        assertThat(types(hasty)).containsExactly("tracker.silent");
        assertThat(List.of(types(asked), types(down), types(patient))).containsOnly(List.of());

        insert(silent, "silent", NOW.minusSeconds(60), SOMEWHERE, FULL, NOW);
        within(() -> types(silent).size() == 2);

        assertThat(events(silent).get(1)).satisfies(event -> {
            assertThat(event.type()).isEqualTo(TrackerEvent.Type.HEARD_AGAIN);
            assertThat(event.time()).isEqualTo(NOW);
            assertThat(event.data()).containsEntry("silent_seconds", "108000");
        });
        stopMover();
        assertThat(store.judging().findSilent(Duration.ofHours(24))).isZero();
        assertThat(types(silent)).containsExactly("tracker.silent", "tracker.heard_again");
        assertThat(types(hasty)).containsExactly("tracker.silent");
    }

    @Test
    void tellsOfABatteryThatChangesInEventOrder() {
        long tracker = addTracker("battery", Map.of());
        mover.start();
        insert(tracker, "battery", NOW.minusSeconds(3_000), SOMEWHERE, FULL, NOW);
        within(() -> battery(tracker).equals(List.of("full")));
        insert(tracker, "battery", NOW.minusSeconds(1_000), SOMEWHERE, LOW, NOW);
        within(() -> types(tracker).size() == 1);
        // A late report says how it was then.
        insert(tracker, "battery", NOW.minusSeconds(2_000), SOMEWHERE, FULL, NOW);
        within(() -> store.judging().backlog().lag().events() == 0);

        assertThat(events(tracker)).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(TrackerEvent.Type.BATTERY_CHANGED);
            assertThat(event.time()).isEqualTo(NOW.minusSeconds(1_000));
            assertThat(event.data()).isEqualTo(Map.of("battery", "low", "before", "full"));
        });
        assertThat(battery(tracker)).containsExactly("low");
    }

    private long silentTracker(
            String name, Map<String, String> labels, Instant heard, Optional<Duration> answeredBefore) {
        long tracker = addTracker(name, labels);
        insert(tracker, name, heard.minusSeconds(60), SOMEWHERE, FULL, heard);
        answeredBefore.ifPresent(before -> store.reports().answered(List.of(tracker), NOW.minus(before)));
        return tracker;
    }

    private static String key(String name) {
        byte[] hash = new byte[32];
        byte[] text = name.getBytes(UTF_8);
        System.arraycopy(text, 0, hash, 0, text.length);
        return Base64.getEncoder().encodeToString(hash);
    }

    private static long addTracker(String name, Map<String, String> labels) {
        NewTracker tracker = new NewTracker(
                name, "static", Secret.ofText("material of " + name), labels, List.of(key(name)), Optional.empty());
        return ((AddOutcome.Added) store.trackers().add(List.of(tracker)).get(0)).id();
    }

    private static void insert(
            long tracker, String name, Instant time, Position position, int status, Instant receivedAt) {
        ReportContent content = new ReportContent(
                Optional.of(position),
                2,
                OptionalDouble.of(20),
                OptionalInt.of(status),
                Optional.empty(),
                Set.of(),
                Optional.empty());
        NewReport report = new NewReport(
                OptionalLong.of(tracker),
                key(name),
                time,
                content,
                Optional.of(Payload.of((name + time).getBytes(UTF_8))),
                receivedAt);
        assertThat(store.reports().insert(List.of(report), List.of()).newReports())
                .isEqualTo(1);
    }

    /** Slow machines are slow; the test ends as soon as it can. */
    private static void within(BooleanSupplier condition) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(condition::getAsBoolean);
    }

    private static List<String> flags(long tracker) {
        return rows("SELECT wrong_flags::text FROM location_reports WHERE wrong_flags IS NOT NULL AND tracker_id = "
                + tracker);
    }

    private static List<String> battery(long tracker) {
        return rows("SELECT battery FROM tracker_conditions WHERE tracker_id = " + tracker);
    }

    private static int listeners() {
        return rows("SELECT pid::text FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
                .size();
    }

    private static List<String> types(long tracker) {
        return events(tracker).stream().map(event -> event.type().text()).toList();
    }

    /** What readers of the feed are told. */
    private static List<TrackerEvent> events(long tracker) {
        List<TrackerEvent> events = new ArrayList<>();
        FeedReading.Items all = (FeedReading.Items) store.feed().read(FeedPlace.BEGINNING, 10_000);
        for (FeedItem item : all.items()) {
            if (item instanceof FeedItem.OfEvent of && of.event().trackerId() == tracker) {
                events.add(of.event());
            }
        }
        return events;
    }

    private static List<String> rows(String query) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return rows;
    }
}
