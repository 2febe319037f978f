package org.trackerreports.core.movement;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.trackerreports.core.movement.JudgedWorld.Sighting;
import org.trackerreports.core.movement.JudgedWorld.Tracker;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Schema;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.feed.FeedItem;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.feed.FeedReading;
import org.trackerreports.store.movement.Judge;
import org.trackerreports.store.movement.JudgingResult;
import org.trackerreports.store.movement.JudgingSettings;
import org.trackerreports.store.movement.PlaceJudgement;
import org.trackerreports.store.movement.PlaceWindow;
import org.trackerreports.store.movement.ReportWindow;
import org.trackerreports.store.movement.WindowJudgement;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.secret.MasterKey;
import org.trackerreports.store.view.TrackerView;

/** Whatever the order in which reports arrive, and wherever the judge dies: the tables end the same. */
class JudgingTest {

    private static final int SIGHTINGS = 150;
    private static final JudgingSettings SETTINGS = new JudgingSettings("test", 40, 2, Duration.ofDays(8));
    private static final MovementJudge JUDGE = new MovementJudge();

    private static final MasterKey KEY = MasterKey.random();

    private static EmbeddedPostgres postgres;
    private static HikariDataSource pool;
    private static ReportStore store;
    private static ReportStore mortal;
    private static MortalDataSource mortality;
    private static JudgedWorld world;
    private static Random random;
    private static List<Sighting> sightings;
    private static String expected;

    @BeforeAll
    static void open() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("JudgingTest: seed " + seed);
        random = new Random(seed);
        postgres = EmbeddedPostgres.start();
        HikariConfig config = new HikariConfig();
        config.setDataSource(postgres.getPostgresDatabase());
        config.setMaximumPoolSize(4);
        pool = new HikariDataSource(config);
        Schema.migrate(pool);
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        store = ReportStore.open(pool, KEY, clock);
        mortality = new MortalDataSource(pool);
        mortal = ReportStore.open(mortality, KEY, clock);
        world = new JudgedWorld(store);
        world.addPlaces();
        sightings = JudgedWorld.days(random, SIGHTINGS);
        Tracker inOrder = world.addTracker();
        store.reports().insert(reports(sightings, inOrder), List.of());
        judgeAll();
        expected = tables(inOrder);
        assertThat(expected).contains("{SP", "COARSE", "entered", "left");
    }

    @AfterAll
    static void close() throws IOException {
        pool.close();
        postgres.close();
    }

    @Test
    void anyOrderOfArrivalEndsInTheSameTables() {
        for (int round = 0; round < 12; round++) {
            Tracker tracker = world.addTracker();
            List<NewReport> left = reports(sightings, tracker);
            Collections.shuffle(left, random);
            while (!left.isEmpty()) {
                List<NewReport> batch = left.subList(0, Math.min(left.size(), 1 + random.nextInt(30)));
                store.reports().insert(List.copyOf(batch), List.of());
                batch.clear();
                if (random.nextBoolean()) {
                    store.judging().step(JUDGE, SETTINGS);
                }
            }
            judgeAll();
            assertThat(tables(tracker)).as("round " + round).isEqualTo(expected);
        }
    }

    /** As a service gives them: a few at a time, some a little late, and now and then one that is very late. */
    @Test
    void reportsThatComeNearlyInOrderEndInTheSameTables() {
        Tracker tracker = world.addTracker();
        List<NewReport> left = new ArrayList<>(reports(sightings, tracker));
        for (int i = left.size() - 1; i > 0; i--) {
            Collections.swap(left, i, random.nextInt(30) == 0 ? random.nextInt(i) : Math.max(0, i - random.nextInt(3)));
        }
        int usedRecent = 0;
        while (!left.isEmpty()) {
            List<NewReport> batch = left.subList(0, Math.min(left.size(), 1 + random.nextInt(3)));
            store.reports().insert(List.copyOf(batch), List.of());
            batch.clear();
            judgeAll();
            usedRecent += rows("SELECT 1 FROM place_checkpoints WHERE recent AND tracker_id = " + tracker.id())
                            .isEmpty()
                    ? 0
                    : 1;
        }
        assertThat(usedRecent)
                .as("steps after which there was a recent checkpoint")
                .isGreaterThan(SIGHTINGS / 10);
        assertThat(tables(tracker)).isEqualTo(expected);
    }

    /** Dies at each statement of a step, and at its commit. */
    @Test
    void aJudgeThatDiesAnywhereEndsInTheSameTables() {
        assertThat(deaths(60)).isGreaterThan(50);
    }

    @Test
    @Tag("long")
    void aJudgeThatDiesAThousandTimesEndsInTheSameTables() {
        assertThat(deaths(3)).isGreaterThan(1_000);
    }

    /** Dies at each statement after each batch, and returns how often that was. */
    private static int deaths(int batchSize) {
        Tracker tracker = world.addTracker();
        List<NewReport> left = reports(sightings, tracker);
        Collections.shuffle(left, random);
        int deaths = 0;
        while (!left.isEmpty()) {
            List<NewReport> batch = left.subList(0, Math.min(left.size(), batchSize));
            store.reports().insert(List.copyOf(batch), List.of());
            batch.clear();
            for (int statement = 1; dies(statement); statement++) {
                deaths++;
            }
        }
        judgeAll();
        assertThat(tables(tracker)).isEqualTo(expected);
        return deaths;
    }

    private static boolean dies(int statement) {
        mortality.dieAt(statement);
        try {
            mortal.judging().step(JUDGE, SETTINGS);
            return false;
        } catch (StoreException e) {
            return true;
        } finally {
            mortality.live();
        }
    }

    @Test
    void aPlaceThatIsAddedLaterHasTheSameTransitionsWithoutNews() {
        Tracker tracker = world.addTracker();
        store.reports().insert(reports(sightings, tracker), List.of());
        judgeAll();
        store.places().add(JudgedWorld.place("added later", JudgedWorld.HOME, 1, Duration.ZERO));
        judgeAll();

        assertThat(rows(like("added later", tracker)))
                .isEqualTo(rows(like("home", tracker)))
                .isNotEmpty();
        assertThat(rows("SELECT DISTINCT late FROM place_transitions t JOIN places p ON p.id = t.place_id"
                        + " WHERE name = 'added later'"))
                .isEqualTo("t");
        store.places().remove(store.places().find("added later").orElseThrow().id());
        assertThat(rows(like("added later", tracker))).isEmpty();
    }

    private static String like(String place, Tracker tracker) {
        return "SELECT direction, event_time, decided_time, causing_digest FROM place_transitions t JOIN places p"
                + " ON p.id = t.place_id WHERE tracker_id = " + tracker.id() + " AND name = '" + place
                + "' ORDER BY event_time";
    }

    @Test
    void aLateReportWithdrawsATransitionAndAnotherRestoresIt() {
        Tracker tracker = world.addTracker();
        List<NewReport> all = reports(sightings, tracker);
        store.reports().insert(all.subList(0, 100), List.of());
        judgeAll();
        String before = tables(tracker);
        // Reports that say the opposite at every moment undo and make transitions.
        List<NewReport> rest = new ArrayList<>(all.subList(100, SIGHTINGS));
        Collections.shuffle(rest, random);
        for (NewReport report : rest) {
            store.reports().insert(List.of(report), List.of());
            judgeAll();
        }
        assertThat(tables(tracker)).isEqualTo(expected).isNotEqualTo(before);
        assertThat(
                        rows(
                                "SELECT count(*) FROM place_transitions WHERE (revision % 2 = 0) <> (withdrawn_at IS NOT NULL)"))
                .isEqualTo("0");
    }

    @Test
    void theFeedTellsOfTransitionsAndEventsOnce() {
        judgeAll();
        FeedPlace place = store.feed().end();
        Tracker tracker = world.addTracker();
        store.reports().insert(reports(sightings, tracker), List.of());
        judgeAll();
        String transitions = rows("SELECT count(*) FROM place_transitions WHERE tracker_id = " + tracker.id());
        long told = 0;
        long events = 0;
        FeedReading.Items items = (FeedReading.Items) store.feed().read(place, 50);
        while (!items.next().equals(place)) {
            told += count(items, FeedItem.Kind.TRANSITION);
            events += count(items, FeedItem.Kind.EVENT);
            place = items.next();
            items = (FeedReading.Items) store.feed().read(place, 50);
        }
        assertThat(Long.toString(told)).isEqualTo(transitions);
        assertThat(events).isLessThanOrEqualTo(1);
    }

    @Test
    void aJudgeThatFailsForOneTrackerGoesOnWithTheOthersAndTriesItAgain() {
        Tracker bad = world.addTracker();
        Tracker good = world.addTracker();
        store.reports().insert(reports(sightings, bad), List.of());
        store.reports().insert(reports(sightings, good), List.of());
        Judge fails = new Judge() {
            @Override
            public WindowJudgement judge(ReportWindow window) {
                if (window.trackerId() == bad.id()) {
                    throw new IllegalStateException("a mistake of the judge");
                }
                return JUDGE.judge(window);
            }

            @Override
            public PlaceJudgement transitions(PlaceWindow window) {
                return JUDGE.transitions(window);
            }

            @Override
            public Optional<String> battery(StoredReport report) {
                return JUDGE.battery(report);
            }
        };
        Map<Long, RuntimeException> failed = new HashMap<>();
        JudgingResult result;
        do {
            result = store.judging().step(fails, SETTINGS);
            failed.putAll(result.failed());
        } while (result.more());

        assertThat(failed).containsOnlyKeys(bad.id());
        assertThat(tables(good)).isEqualTo(expected);
        ReportStore later = ReportStore.open(pool, KEY, Clock.fixed(NOW.plus(Duration.ofMinutes(61)), ZoneOffset.UTC));
        do {
            result = later.judging().step(JUDGE, SETTINGS);
        } while (result.more());
        assertThat(tables(bad)).isEqualTo(expected);
    }

    /** Nobody with the role move ran for longer than the feed is kept, and another process removed what was old. */
    @Test
    void aJudgeThatBeginsAfterTheFeedLostReportsJudgesThemWithoutNews() {
        judgeAll();
        Tracker tracker = world.addTracker();
        store.reports().insert(reports(sightings, tracker), List.of());
        store.feed().number();
        assertThat(store.feed().purge(Duration.ZERO, Duration.ZERO)).isPositive();
        FeedPlace lost = store.feed().end();

        judgeAll();

        assertThat(tables(tracker)).isEqualTo(expected);
        assertThat(rows("SELECT DISTINCT late FROM place_transitions WHERE tracker_id = " + tracker.id()))
                .isEqualTo("t");
        assertThat(store.judging().backlog().storedBefore()).isZero();
        Tracker next = world.addTracker();
        store.reports().insert(reports(sightings, next), List.of());
        judgeAll();
        assertThat(tables(next)).isEqualTo(expected);
        assertThat(((FeedReading.Items) store.feed().read(lost, 10)).items()).isNotEmpty();
    }

    /** Also for the trackers of which nothing new comes. */
    @Test
    void anotherMinimumConfidenceMakesAllPositionsAgain() {
        Tracker tracker = world.addTracker();
        store.reports().insert(reports(sightings, tracker), List.of());
        judgeAll();
        for (int confidence : List.of(3, 1, 2)) {
            judgeAll(new JudgingSettings("test", 40, confidence, Duration.ofDays(8)));
            String newest = rows("SELECT \"timestamp\", digest FROM location_reports WHERE tracker_id = " + tracker.id()
                    + " AND cardinality(wrong_flags) = 0 AND confidence >= " + confidence
                    + " ORDER BY 1 DESC, horizontal_accuracy, digest DESC LIMIT 1");
            assertThat(rows("SELECT \"timestamp\", digest FROM latest_positions WHERE tracker_id = " + tracker.id()))
                    .as("confidence %d", confidence)
                    .isEqualTo(newest);
            TrackerView view = store.views().find(tracker.id(), Map.of()).orElseThrow();
            // No sighting has a confidence of 3.
            assertThat(view.position().isPresent())
                    .as("confidence %d", confidence)
                    .isEqualTo(confidence < 3);
        }
        assertThat(tables(tracker)).isEqualTo(expected);
    }

    private static long count(FeedReading.Items items, FeedItem.Kind kind) {
        return items.items().stream().filter(item -> item.kind() == kind).count();
    }

    private static void judgeAll() {
        judgeAll(SETTINGS);
    }

    private static void judgeAll(JudgingSettings settings) {
        JudgingResult result;
        do {
            result = store.judging().step(JUDGE, settings);
        } while (result.more());
    }

    private static List<NewReport> reports(List<Sighting> sightings, Tracker tracker) {
        return sightings.stream()
                .map(sighting -> sighting.of(tracker))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** Everything that is judged of a tracker, without what is its own. */
    private static String tables(Tracker tracker) {
        String where = " WHERE tracker_id = " + tracker.id();
        return rows("SELECT \"timestamp\", digest, wrong_flags, uncertain_flags FROM location_reports" + where
                        + " ORDER BY 1, 2")
                + "\n--\n"
                + rows(
                        "SELECT \"timestamp\", digest, location, horizontal_accuracy, uncertain_flags FROM latest_positions"
                                + where)
                + "\n--\n"
                + rows("SELECT p.name, direction, event_time, decided_time, causing_digest FROM place_transitions t"
                        + " JOIN places p ON p.id = t.place_id" + where
                        + " AND withdrawn_at IS NULL AND p.name IN ('home', 'work') ORDER BY 1, 3, 2")
                + "\n--\n"
                + rows("SELECT battery FROM tracker_conditions" + where);
    }

    private static String rows(String sql) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    columns.add(row.getString(i));
                }
                rows.add(String.join(" ", columns.stream().map(String::valueOf).toList()));
            }
            return String.join("\n", rows);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
