package org.trackerreports.fetcher.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.trackerreports.core.sink.SinkFile;
import org.trackerreports.fetcher.deliver.Receiver.Mood;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.sink.SinkState;
import org.trackerreports.testsupport.FreePorts;

/** The receiver has every kind of trouble and the process is killed between any two statements; another sink has neither. */
class SinkEnduranceTest extends SinkFixture {

    SinkEnduranceTest(DeliverWorld world) {
        super(world);
    }

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
}
