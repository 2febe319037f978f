package org.trackerreports.fetcher.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.core.lifecycle.StopSignal;
import org.trackerreports.core.sink.SinkFiles;
import org.trackerreports.fetcher.deliver.DeliverSettings;
import org.trackerreports.fetcher.deliver.DeliverWorld;
import org.trackerreports.fetcher.deliver.Receiver;
import org.trackerreports.fetcher.deliver.Receiver.Mood;
import org.trackerreports.store.feed.FeedCursor;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.feed.FeedReading;

class DelivererTest {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Instant NOW = CLOCK.instant().truncatedTo(ChronoUnit.SECONDS);

    private static final Duration RETENTION = Duration.ofDays(7);

    @TempDir
    private static Path temporary;

    private static DeliverWorld world;
    private static long tracker;

    private final Receiver one = new Receiver();
    private final Receiver two = new Receiver();
    private final StopSignal stop = new StopSignal();

    @TempDir
    private Path sinks;

    private Deliverer deliverer;
    private int minutes = 60;

    @BeforeAll
    static void startDatabase() throws Exception {
        world = new DeliverWorld(temporary);
        tracker = world.tracker("Bike", Map.of());
    }

    @AfterAll
    static void stopDatabase() {
        world.close();
    }

    @AfterEach
    void stopDeliverer() {
        stop.stop();
        deliverer.end(CLOCK.instant().plusSeconds(30));
        one.close();
        two.close();
        world.store().sinks().list().forEach(sink -> world.store().sinks().remove(sink.name()));
    }

    private void start() {
        start(false);
    }

    private void start(boolean unjudged) {
        deliverer = new Deliverer(
                new SinkFiles(sinks, Optional.empty()),
                world.store(),
                new DeliverSettings("one", Duration.ofSeconds(30), 100, unjudged, Duration.ofDays(8), RETENTION),
                stop,
                CLOCK);
        deliverer.start();
    }

    private void write(String name, String... lines) throws IOException {
        Files.write(sinks.resolve(name + ".conf"), List.of(lines));
    }

    private void seen() {
        minutes--;
        world.report(tracker, "Bike", NOW.minusSeconds(60L * minutes), DeliverWorld.HOME);
        world.judge();
    }

    private static void within(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(condition);
    }

    private static boolean isServed(String sink) {
        return world.store()
                .feed()
                .cursor("sink:" + sink)
                .flatMap(FeedCursor::owner)
                .isPresent();
    }

    @Test
    void servesEachFileAndLeavesOutAWrongOne() throws Exception {
        write("a", "TYPE=webhook", "URL=" + one.url());
        write("b", "TYPE=webhook", "URL=" + two.url());
        write("wrong", "TYPE=webhook");
        start();
        within(() -> isServed("a") && isServed("b"));
        seen();
        within(() -> one.received().size() == 1 && two.received().size() == 1);
    }

    /** Where nobody is told anything, the role costs a small machine nothing. */
    @Test
    void listensOnlyWhileThereIsASink() throws Exception {
        write("a", "TYPE=webhook", "URL=" + one.url());
        start();
        within(() -> isServed("a"));
        within(() -> world.listeners() == 1);
        Files.delete(sinks.resolve("a.conf"));
        deliverer.readAgain();
        within(() -> world.listeners() == 0);
        write("b", "TYPE=webhook", "URL=" + two.url());
        deliverer.readAgain();
        within(() -> isServed("b"));
        within(() -> world.listeners() == 1);
        seen();
        within(() -> two.received().size() == 1);
    }

    @Test
    void readsTheFilesAgainWhenItIsTold() throws Exception {
        write("a", "TYPE=webhook", "URL=" + one.url());
        start();
        within(() -> isServed("a"));
        seen();
        within(() -> one.received().size() == 1);
        write("a", "TYPE=webhook", "URL=" + two.url());
        write("b", "TYPE=webhook", "URL=" + one.url());
        deliverer.readAgain();
        within(() -> isServed("b"));
        seen();
        within(() -> two.received().size() == 1 && one.received().size() == 2);
        assertThat(one.received().get(1).path("id"))
                .isEqualTo(two.received().get(0).path("id"));
        Files.delete(sinks.resolve("a.conf"));
        deliverer.readAgain();
        within(() -> !isServed("a"));
    }

    @Test
    void lettingGoAtItsEndLetsAnotherOneBeginAtOnce() throws Exception {
        write("a", "TYPE=webhook", "URL=" + one.url());
        start();
        within(() -> isServed("a"));
        stop.stop();
        deliverer.end(CLOCK.instant().plusSeconds(30));
        assertThat(isServed("a")).isFalse();
    }

    /** Each report is stored only after the good one has the report before: it waits for none of the others. */
    @Test
    void tellsOneWhileOthersHangFailOrAreGone() throws Exception {
        List<Receiver> bad = List.of(new Receiver(), new Receiver(), new Receiver(), new Receiver());
        bad.get(0).mood(Mood.HANGS);
        bad.get(1).mood(Mood.ERROR);
        bad.get(2).mood(Mood.BUSY);
        bad.get(3).mood(Mood.ENDS_BEFORE_READING);
        try {
            write("good", "TYPE=webhook", "URL=" + one.url());
            for (int i = 0; i < bad.size(); i++) {
                write("bad" + i, "TYPE=webhook", "URL=" + bad.get(i).url());
            }
            // Nobody listens there.
            write("gone", "TYPE=webhook", "URL=http://127.0.0.1:1/hook");
            start();
            within(() -> isServed("good")
                    && isServed("gone")
                    && IntStream.range(0, bad.size()).allMatch(i -> isServed("bad" + i)));
            seen();
            bad.get(0).awaitHanging();
            for (int reports = 1; reports <= 10; reports++) {
                int count = reports;
                within(() -> one.received().size() == count);
                seen();
            }
            assertThat(world.store().sinks().list())
                    .filteredOn(sink -> !sink.name().equals("good"))
                    .hasSize(5)
                    .allSatisfy(sink -> assertThat(sink.delivered()).isZero());
        } finally {
            bad.forEach(Receiver::close);
        }
    }

    @Test
    void removesFromTheFeedWhatEverySinkHasReadIfNobodyJudges() throws Exception {
        List<Long> stored = storeOneByOne(4);
        world.store().feed().reset("sink:slow", new FeedPlace(stored.get(2), 1));
        age(stored, Duration.ofHours(2));

        start(true);
        within(() -> removedUpTo() == stored.get(1));
    }

    @Test
    void removesFromTheFeedWhatIsOlderThanItIsKeptIfNobodyJudges() throws Exception {
        List<Long> stored = storeOneByOne(4);
        world.store().feed().reset("sink:slow", new FeedPlace(stored.get(0), 1));
        age(stored.subList(0, 3), RETENTION.plusHours(1));

        start(true);
        within(() -> removedUpTo() == stored.get(2));
    }

    @Test
    void leavesTheFeedToTheJudgeIfThereIsOne() throws Exception {
        write("a", "TYPE=webhook", "URL=" + one.url());
        List<Long> stored = storeOneByOne(2);
        age(stored, RETENTION.plusHours(1));

        start(false);
        within(() -> isServed("a"));
        assertThat(removedUpTo()).isLessThan(stored.get(0));
    }

    /** The positions in the feed of reports that nobody judged. */
    private static List<Long> storeOneByOne(int count) {
        world.store().feed().number();
        world.store().feed().cursors().forEach(cursor -> world.store().feed().forget(cursor.consumer()));
        List<Long> positions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            world.report(tracker, "Bike", NOW.minusSeconds(20_000 - i), DeliverWorld.HOME);
            world.store().feed().number();
            positions.add(world.store().feed().end().position());
        }
        return positions;
    }

    private static void age(List<Long> positions, Duration age) {
        world.execute("UPDATE report_feed SET noticed_at = now() - interval '" + age.toSeconds()
                + " seconds' WHERE \"position\" <= " + positions.get(positions.size() - 1));
    }

    private static long removedUpTo() {
        return world.store().feed().readUnjudged(FeedPlace.BEGINNING, 1) instanceof FeedReading.TooFarBehind behind
                ? behind.oldest().position()
                : 0;
    }
}
