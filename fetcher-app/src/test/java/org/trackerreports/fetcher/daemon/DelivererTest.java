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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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
import org.trackerreports.store.feed.FeedCursor;

class DelivererTest {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Instant NOW = CLOCK.instant().truncatedTo(ChronoUnit.SECONDS);

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
        deliverer = new Deliverer(
                new SinkFiles(sinks, Optional.empty()),
                world.store(),
                new DeliverSettings("one", Duration.ofSeconds(30), 100, false, Duration.ofDays(8)),
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

    private static void within(BooleanSupplier condition) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(condition::getAsBoolean);
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
}
