package org.trackerreports.fetcher.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.core.sink.SinkFile;
import org.trackerreports.core.sink.SinkFileException;
import org.trackerreports.core.sink.SinkFiles;
import org.trackerreports.fetcher.deliver.Receiver.Mood;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.sink.SinkReplay;
import org.trackerreports.store.sink.SinkState;
import org.trackerreports.store.sink.Sinks;
import org.trackerreports.testsupport.FreePorts;
import org.trackerreports.testsupport.MovableClock;

class SinkPumpTest {

    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @TempDir
    private static Path temporary;

    private static DeliverWorld world;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Receiver receiver = new Receiver();
    private final MovableClock clock = new MovableClock(NOW);
    private final String name = "sink" + NUMBER.incrementAndGet();
    private final String label = name;
    private long tracker;

    @BeforeAll
    static void startDatabase() throws Exception {
        world = new DeliverWorld(temporary);
    }

    @AfterAll
    static void stopDatabase() {
        world.close();
    }

    @BeforeEach
    void addTracker() {
        tracker = world.tracker("Bike " + name, Map.of("of", label));
        world.judge();
    }

    @AfterEach
    void closeReceiver() {
        receiver.close();
    }

    private SinkFile file(String... more) {
        Map<String, String> lines = new TreeMap<>(
                Map.of("TYPE", "webhook", "URL", receiver.url(), "LABELS", "of=" + label, "ALERT_GAP", "15m"));
        for (String line : more) {
            lines.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        try {
            return new SinkFiles(temporary, Optional.empty()).parse(name, lines);
        } catch (SinkFileException e) {
            throw new AssertionError(e);
        }
    }

    private SinkPump pump(SinkFile file) {
        return pump(file, "one", world.store());
    }

    private SinkPump pump(SinkFile file, String instance, ReportStore store) {
        return new SinkPump(
                file,
                store,
                new DeliverSettings(instance, Duration.ofSeconds(30), 100, false, Duration.ofDays(8)),
                clock,
                new Random(NUMBER.get()));
    }

    /** Turns until it says that there is nothing more to do at once. */
    private static void turn(SinkPump pump) {
        while (pump.turn().isZero()) {
            // There may be more.
        }
    }

    private SinkState state() {
        return world.store().sinks().find(name).orElseThrow();
    }

    private List<String> stored(int count) {
        List<NewReport> reports = world.reports(tracker, "Bike " + name, NOW.minusSeconds(7_200), count);
        world.store(reports);
        world.judge();
        return reports.stream().map(report -> report.timestamp().toString()).toList();
    }

    private static List<String> eventTimes(Iterable<JsonNode> events) {
        List<String> times = new ArrayList<>();
        events.forEach(event -> times.add(event.path("data").path("event_time").asText()));
        return times;
    }

    @Test
    void aNewSinkGetsWhatHappensFromNowOnInTheOrderOfTheFeed() {
        stored(2);
        SinkPump pump = pump(file("BATCH=100"));
        turn(pump);
        assertThat(receiver.received()).isEmpty();
        Instant first = NOW.minusSeconds(600);
        world.report(tracker, "Bike " + name, first.plusSeconds(60), DeliverWorld.HOME);
        world.report(tracker, "Bike " + name, first, DeliverWorld.HOME);
        turn(pump);
        assertThat(receiver.received()).as("nobody has judged them").isEmpty();
        world.judge();
        turn(pump);
        assertThat(eventTimes(receiver.received()))
                .containsExactly(first.plusSeconds(60).toString(), first.toString());
        assertThat(receiver.received().get(0).path("id").asText()).matches("rep_[0-9a-f]{32}_\\d+");
        assertThat(state().delivered()).isEqualTo(2);
        turn(pump);
        assertThat(receiver.received()).hasSize(2);
    }

    @Test
    void startsAtTheBeginningOfTheFeedIfItsFileSaysSo() {
        List<String> times = stored(3);
        turn(pump(file("START=beginning")));
        assertThat(eventTimes(receiver.received())).isEqualTo(times);
    }

    @Test
    void selectsByLabelConfidenceAgeAndType() {
        long other = world.tracker("Other of " + name, Map.of());
        SinkPump pump = pump(file("MAX_AGE=1h"));
        turn(pump);
        world.report(other, "Other of " + name, NOW.minusSeconds(60), DeliverWorld.HOME);
        world.report(tracker, "Bike " + name, NOW.minusSeconds(7_200), DeliverWorld.HOME);
        world.report(tracker, "Bike " + name, NOW.minusSeconds(120), DeliverWorld.HOME);
        world.judge();
        turn(pump);
        assertThat(eventTimes(receiver.received()))
                .containsExactly(NOW.minusSeconds(120).toString());
    }

    @Test
    void waitsLongerEachTimeAndTheWaitSurvivesARestart() {
        SinkPump pump = pump(file());
        turn(pump);
        receiver.mood(Mood.ERROR);
        stored(1);
        turn(pump);
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            SinkState state = state();
            assertThat(state.condition()).isEqualTo(SinkState.Condition.WAITING);
            assertThat(state.lastError()).contains("it answered 500");
            waits.add(Duration.between(clock.instant(), state.waitUntil().orElseThrow())
                    .toSeconds());
            pump.release();
            pump = pump(file());
            turn(pump);
            assertThat(state().attempts()).as("it does not try earlier").isEqualTo(state.attempts());
            clock.advance(Duration.between(clock.instant(), state.waitUntil().orElseThrow()));
            turn(pump);
        }
        long[] expected = {5, 15, 60, 300, 900, 1_800, 1_800};
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) waits.get(i)).isBetween(expected[i] * 0.79 - 1, expected[i] * 1.21);
        }
        receiver.mood(Mood.WELL);
        clock.advance(Duration.ofHours(1));
        turn(pump);
        assertThat(state()).satisfies(state -> {
            assertThat(state.condition()).isEqualTo(SinkState.Condition.WORKING);
            assertThat(state.lastError()).isEmpty();
            assertThat(state.attempts()).isZero();
        });
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void theReceiverMakesTheWaitLongerButNeverShorter() {
        SinkPump pump = pump(file());
        turn(pump);
        receiver.mood(Mood.BUSY);
        stored(1);
        turn(pump);
        assertThat(Duration.between(clock.instant(), state().waitUntil().orElseThrow()))
                .isEqualTo(Duration.ofSeconds(7));
        clock.advance(Duration.ofSeconds(7));
        turn(pump);
        assertThat(Duration.between(clock.instant(), state().waitUntil().orElseThrow()))
                .isGreaterThan(Duration.ofSeconds(11));
    }

    @Test
    void saysThatCredentialsAreRefusedAndGoesOnWhenAPersonResumes() {
        SinkPump pump = pump(file());
        turn(pump);
        receiver.mood(Mood.UNAUTHORIZED);
        stored(1);
        turn(pump);
        assertThat(state().word()).isEqualTo("credentials");
        receiver.mood(Mood.WELL);
        turn(pump);
        assertThat(receiver.received()).isEmpty();
        world.store().sinks().resume(name);
        turn(pump);
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void isSwitchedOffBy410UntilAPersonResumesIt() {
        SinkPump pump = pump(file());
        turn(pump);
        receiver.mood(Mood.GONE);
        stored(2);
        turn(pump);
        assertThat(state().word()).isEqualTo("off");
        receiver.mood(Mood.WELL);
        clock.advance(Duration.ofDays(1));
        turn(pump);
        assertThat(receiver.received()).isEmpty();
        world.store().sinks().resume(name);
        turn(pump);
        assertThat(receiver.received()).hasSize(2);
    }

    @Test
    void whatIsPausedWaits() {
        SinkPump pump = pump(file());
        turn(pump);
        world.store().sinks().pause(name);
        stored(2);
        turn(pump);
        assertThat(receiver.received()).isEmpty();
        world.store().sinks().resume(name);
        turn(pump);
        assertThat(receiver.received()).hasSize(2);
    }

    @Test
    void whatIsRefusedIsTriedThreeTimesMoreThenKeptAndSentAgainWhenAPersonWantsThat() {
        SinkPump pump = pump(file());
        turn(pump);
        AtomicInteger requests = new AtomicInteger();
        receiver.mood(() -> requests.incrementAndGet() <= 4 ? Mood.REFUSES : Mood.WELL);
        List<String> times = stored(2);
        for (long seconds : new long[] {1, 5, 30}) {
            turn(pump);
            int before = requests.get();
            clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
            turn(pump);
            assertThat(requests.get()).isEqualTo(before);
            clock.advance(Duration.ofMillis(1));
        }
        turn(pump);
        assertThat(eventTimes(receiver.received())).containsExactly(times.get(1));
        assertThat(world.store().sinks().failures().list(name, 10))
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.status()).isEqualTo(422);
                    assertThat(failure.subject().eventTime()).hasToString(times.get(0));
                    assertThat(failure.again()).isFalse();
                });
        assertThat(state().failed()).isEqualTo(1);

        assertThat(world.store().sinks().failures().sendAgain(name)).isEqualTo(1);
        turn(pump);
        assertThat(eventTimes(receiver.received())).containsExactly(times.get(1), times.get(0));
        assertThat(world.store().sinks().failures().list(name, 10)).isEmpty();
    }

    @Test
    void replaysReportsByEventTimeWithTheIdsThatTheyHad() {
        SinkPump pump = pump(file("BATCH=50"));
        turn(pump);
        List<String> times = stored(250);
        turn(pump);
        Set<String> ids = receiver.distinct().keySet();
        SinkReplay replay = SinkReplay.since(Instant.parse(times.get(40)));
        assertThat(world.store().sinks().reading().count(replay)).isGreaterThanOrEqualTo(210);
        world.store().sinks().replay(name, Optional.of(replay));
        turn(pump);
        assertThat(eventTimes(
                        receiver.received().subList(250, receiver.received().size())))
                .isEqualTo(times.subList(40, 250));
        assertThat(receiver.distinct().keySet()).isEqualTo(ids);
        assertThat(state().replay()).isEmpty();
    }

    @Test
    void oneThatIsFurtherBehindThanTheFeedGetsTheReportsAnyway() {
        SinkPump pump = pump(file("BATCH=100"));
        turn(pump);
        world.store().sinks().pause(name);
        List<String> times = stored(30);
        world.execute("UPDATE report_feed SET noticed_at = now() - interval '8 days'");
        world.store().feed().purge(Duration.ofHours(1), Duration.ofDays(7));
        world.store().sinks().resume(name);
        turn(pump);
        assertThat(eventTimes(receiver.distinct().values())).isEqualTo(times);
        assertThat(state().replay()).isEmpty();
    }

    @Test
    void onlyOneOfTwoInstancesWorksAndTheOtherTakesOver() {
        SinkPump one = pump(file());
        SinkPump two = pump(file(), "two", world.store());
        turn(one);
        turn(two);
        stored(2);
        turn(two);
        assertThat(receiver.received()).isEmpty();
        turn(one);
        assertThat(receiver.received()).hasSize(2);
        one.release();
        world.report(tracker, "Bike " + name, NOW, DeliverWorld.HOME);
        world.judge();
        turn(two);
        assertThat(receiver.received()).hasSize(3);
    }

    @Test
    void followsACursorThatAPersonSetBack() {
        SinkPump pump = pump(file());
        turn(pump);
        FeedPlace before = world.store().feed().end();
        stored(3);
        turn(pump);
        world.store().feed().reset(Sinks.consumer(name), before);
        turn(pump);
        assertThat(receiver.received()).hasSize(6);
        assertThat(receiver.distinct()).hasSize(3);
    }

    /** The receiver has every kind of trouble and the process is killed between any two statements; another sink has neither. */
    @Test
    void everyEventArrivesInItsOrderWhateverFailsAndAnotherSinkIsNotLate() throws Exception {
        SinkFile bad = file("BATCH=10");
        SinkFile closed = file("BATCH=10", "URL=http://127.0.0.1:" + FreePorts.next() + "/hook");
        try (Receiver well = new Receiver()) {
            SinkFile good = renamed(file("BATCH=100", "URL=" + well.url()));
            SinkPump goodPump = pump(good);
            turn(goodPump);
            turn(pump(bad, "first", world.store()));
            endClaim();
            Random random = new Random(11);
            Mood[] moods = {
                Mood.WELL,
                Mood.WELL,
                Mood.WELL,
                Mood.ERROR,
                Mood.BUSY,
                Mood.PAGE,
                Mood.ENDS_AFTER_READING,
                Mood.ENDS_BEFORE_READING,
                Mood.UNAUTHORIZED
            };
            Supplier<Mood> anyMood = () -> moods[random.nextInt(moods.length)];
            receiver.mood(anyMood);
            List<String> expected = new ArrayList<>();
            for (int round = 0; round < 25; round++) {
                List<NewReport> reports = world.reports(
                        tracker, "Bike " + name, NOW.minusSeconds(86_400L * 3).plusSeconds(1_800L * round), 25);
                world.store(reports);
                world.judge();
                reports.forEach(report -> expected.add(report.timestamp().toString()));
                Runnable goodOne = () -> {
                    turn(goodPump);
                    assertThat(well.distinct())
                            .as("nothing holds the other one up")
                            .hasSize(expected.size());
                };
                switch (round % 6) {
                    case 2 -> {
                        killedWhileTheReceiverHangs(bad, round, goodOne);
                        receiver.mood(anyMood);
                    }
                    case 4 -> {
                        nobodyListens(closed, round);
                        goodOne.run();
                    }
                    default -> {
                        goodOne.run();
                        killedSomewhere(bad, round, random.nextInt(60));
                    }
                }
                clock.advance(Duration.ofSeconds(random.nextInt(60)));
            }
            receiver.mood(Mood.WELL);
            world.store().sinks().resume(name);
            turn(pump(bad, "last", world.store()));
            assertThat(eventTimes(receiver.distinct().values())).isEqualTo(expected);
            assertThat(receiver.received()).hasSizeGreaterThan(expected.size());
            Map<String, JsonNode> bodies = receiver.distinct();
            assertThat(receiver.received())
                    .allSatisfy(event -> assertThat(event)
                            .isEqualTo(bodies.get(event.path("id").asText())));
            assertThat(well.received()).hasSize(expected.size());
        }
    }

    private SinkFile renamed(SinkFile file) {
        return new SinkFile(
                file.name() + "-good",
                file.type(),
                file.selection(),
                file.fromBeginning(),
                file.lines(),
                file.digest(),
                file.target());
    }

    /** A process that ends after so many statements; another one need not wait for its claim. */
    private void killedSomewhere(SinkFile file, int round, int statements) {
        ReportStore mortal = ReportStore.openWithoutSecrets(
                new MortalDatabase(statements + 8).of(world.database()), Clock.systemUTC());
        SinkPump pump = pump(file, "process " + round, mortal);
        try {
            turn(pump);
        } catch (StoreException e) {
            assertThat(e).hasMessageContaining("killed");
        }
        endClaim();
    }

    /** A process that ends while it waits for an answer that does not come. */
    private void killedWhileTheReceiverHangs(SinkFile file, int round, Runnable meanwhile) throws Exception {
        world.store().sinks().resume(name);
        receiver.mood(Mood.HANGS);
        SinkPump pump = pump(file, "process " + round, world.store());
        CompletableFuture<Void> turning = CompletableFuture.runAsync(() -> turn(pump));
        receiver.awaitHanging();
        meanwhile.run();
        pump.interrupt();
        turning.get(30, TimeUnit.SECONDS);
        assertThat(state().condition()).as("it was not the sink that ended").isEqualTo(SinkState.Condition.WORKING);
        endClaim();
    }

    /** A process that finds a closed port where the receiver was. */
    private void nobodyListens(SinkFile closed, int round) {
        world.store().sinks().resume(name);
        turn(pump(closed, "process " + round, world.store()));
        assertThat(state().condition()).isEqualTo(SinkState.Condition.WAITING);
        assertThat(state().lastError())
                .hasValueSatisfying(error -> assertThat(error).contains("no connection to 127.0.0.1"));
        endClaim();
    }

    /** So that nobody has to wait until it ends by itself. */
    private void endClaim() {
        world.execute("UPDATE feed_cursors SET owned_until = now() - interval '1 second' WHERE consumer = '"
                + Sinks.consumer(name) + "'");
    }
}
