package org.trackerreports.fetcher.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.core.sink.SinkFiles;
import org.trackerreports.store.report.Position;
import org.trackerreports.testsupport.MovableClock;

class AlertRuleTest {

    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Position HOME = DeliverWorld.HOME;
    private static final Position AWAY = DeliverWorld.AWAY;

    @TempDir
    private static Path temporary;

    private static DeliverWorld world;

    private final Receiver receiver = new Receiver();
    private final MovableClock clock = new MovableClock(NOW);
    private final String name = "alerts" + NUMBER.incrementAndGet();
    private long tracker;
    private SinkPump pump;

    @BeforeAll
    static void startDatabase() throws Exception {
        world = new DeliverWorld(temporary);
    }

    @AfterAll
    static void stopDatabase() {
        world.close();
    }

    @BeforeEach
    void startAtHome() throws Exception {
        tracker = world.tracker(name, Map.of("of", name));
        world.place("Home of " + name, Map.of("of", name));
        world.report(tracker, name, NOW.minusSeconds(10_800), HOME);
        world.judge();
        pump = new SinkPump(
                new SinkFiles(temporary, Optional.empty())
                        .parse(
                                name,
                                Map.of(
                                        "TYPE",
                                        "webhook",
                                        "URL",
                                        receiver.url(),
                                        "LABELS",
                                        "of=" + name,
                                        "EVENTS",
                                        "place.entered,place.left,place.transition_withdrawn")),
                world.store(),
                new DeliverSettings("one", Duration.ofSeconds(30), 100, false, Duration.ofDays(8), Duration.ofDays(7)),
                clock,
                new Random(1));
        turn();
    }

    @AfterEach
    void closeReceiver() {
        receiver.close();
    }

    private void turn() {
        // Alerts that were held back are looked for every few seconds.
        clock.advance(Duration.ofSeconds(6));
        while (pump.turn().isZero()) {
            // There may be more.
        }
    }

    /** Twice, because a single report that is elsewhere may be wrong. */
    private void seen(long secondsAgo, Position position) {
        world.store(List.of(
                world.newReport(tracker, name, NOW.minusSeconds(secondsAgo), position),
                world.newReport(tracker, name, NOW.minusSeconds(secondsAgo - 120), position)));
        world.judge();
    }

    @Test
    void tellsOfWhatIsNews() {
        seen(3_000, AWAY);
        turn();
        assertThat(receiver.received()).singleElement().satisfies(event -> {
            assertThat(event.path("type").asText()).isEqualTo("place.left");
            assertThat(event.path("data").path("place").asText()).isEqualTo("Home of " + name);
            assertThat(event.path("data").path("event_time").asText())
                    .isEqualTo(NOW.minusSeconds(3_000).toString());
            assertThat(event.path("data").path("revision").asInt()).isEqualTo(1);
        });
    }

    @Test
    void tellsNothingOfWhatWasWithdrawnBeforeItCameToIt() {
        seen(3_000, AWAY);
        world.execute("UPDATE place_transitions SET revision = 2, withdrawn_at = now() WHERE tracker_id = " + tracker);
        turn();
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void holdsBackWhatFollowsTooFastAndTellsTheLastStateThen() {
        seen(3_000, AWAY);
        turn();
        seen(2_400, HOME);
        turn();
        seen(1_800, AWAY);
        turn();
        seen(1_200, HOME);
        turn();
        assertThat(receiver.types()).containsExactly("place.left");
        clock.advance(Duration.ofMinutes(15));
        turn();
        assertThat(receiver.types()).containsExactly("place.left", "place.entered");
        assertThat(receiver.received().get(1).path("data").path("event_time").asText())
                .isEqualTo(NOW.minusSeconds(1_200).toString());
        clock.advance(Duration.ofMinutes(15));
        turn();
        assertThat(receiver.types()).hasSize(2);
    }

    @Test
    void tellsNothingMoreIfTheLastStateIsTheOneThatWasTold() {
        seen(3_000, AWAY);
        turn();
        seen(2_400, HOME);
        seen(1_800, AWAY);
        turn();
        clock.advance(Duration.ofMinutes(16));
        turn();
        assertThat(receiver.types()).containsExactly("place.left");
    }

    @Test
    void aWithdrawalAndWhatReplacesItAreNeverHeldBack() {
        seen(1_200, AWAY);
        turn();
        assertThat(receiver.types()).containsExactly("place.left");
        // A late report from before it takes its place as the cause.
        seen(1_800, AWAY);
        turn();
        turn();
        assertThat(List.copyOf(receiver.types())).hasSize(3).contains("place.transition_withdrawn");
        assertThat(receiver.received())
                .filteredOn(event -> event.path("type").asText().equals("place.transition_withdrawn"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.path("data").path("id"))
                            .isEqualTo(receiver.received().get(0).path("data").path("id"));
                    assertThat(event.path("data").path("revision").asInt()).isEqualTo(2);
                });
        assertThat(receiver.received())
                .filteredOn(event -> event.path("data")
                        .path("event_time")
                        .asText()
                        .equals(NOW.minusSeconds(1_800).toString()))
                .extracting(event -> event.path("type").asText())
                .containsExactly("place.left");
    }

    @Test
    void tellsNothingThatWasNoticedLate() {
        seen(10_000, AWAY);
        world.execute("UPDATE place_transitions SET late = true WHERE tracker_id = " + tracker);
        turn();
        assertThat(receiver.received()).isEmpty();
    }
}
