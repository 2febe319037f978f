package org.trackerreports.fetcher.deliver;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.core.sink.SinkFile;
import org.trackerreports.core.sink.SinkFileException;
import org.trackerreports.core.sink.SinkFiles;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.sink.SinkState;
import org.trackerreports.store.sink.Sinks;
import org.trackerreports.testsupport.MovableClock;

/** A sink of its own for each test, with one tracker that it is told of, and a receiver. All tests share one database. */
@ExtendWith(SharedWorld.class)
abstract class SinkFixture {

    static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private static final AtomicInteger NUMBER = new AtomicInteger();

    final DeliverWorld world;
    final Receiver receiver = new Receiver();
    final MovableClock clock = new MovableClock(NOW);
    final String name = "sink" + NUMBER.incrementAndGet();

    @TempDir
    Path directory;

    long tracker;

    SinkFixture(DeliverWorld world) {
        this.world = world;
    }

    @BeforeEach
    void addTracker() {
        tracker = world.tracker("Bike " + name, Map.of("of", name));
        world.judge();
    }

    @AfterEach
    void closeReceiver() {
        receiver.close();
    }

    /** The file of the sink: a webhook, unless the lines say something else. An empty value removes a line. */
    SinkFile file(String... more) {
        Map<String, String> lines = new TreeMap<>(
                Map.of("TYPE", "webhook", "URL", receiver.url(), "LABELS", "of=" + name, "ALERT_GAP", "15m"));
        for (String line : more) {
            lines.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        lines.values().removeIf(String::isEmpty);
        try {
            return new SinkFiles(directory, Optional.empty()).parse(name, lines);
        } catch (SinkFileException e) {
            throw new AssertionError(e);
        }
    }

    SinkPump pump(SinkFile file) {
        return pump(file, "one", world.store());
    }

    SinkPump pump(SinkFile file, String instance, ReportStore store) {
        return new SinkPump(
                file,
                store,
                new DeliverSettings(
                        instance, Duration.ofSeconds(30), 100, false, Duration.ofDays(8), Duration.ofDays(7)),
                clock,
                new Random(NUMBER.get()));
    }

    /** Turns until it says that there is nothing more to do at once. */
    static void turn(SinkPump pump) {
        while (pump.turn().isZero()) {
            // There may be more.
        }
    }

    SinkState state() {
        return world.store().sinks().find(name).orElseThrow();
    }

    List<String> stored(int count) {
        List<NewReport> reports = world.reports(tracker, "Bike " + name, NOW.minusSeconds(7_200), count);
        world.store(reports);
        world.judge();
        return reports.stream().map(report -> report.timestamp().toString()).toList();
    }

    static List<String> eventTimes(Iterable<JsonNode> events) {
        List<String> times = new ArrayList<>();
        events.forEach(event -> times.add(event.path("data").path("event_time").asText()));
        return times;
    }

    /** So that nobody has to wait until it ends by itself. */
    void endClaim() {
        world.execute("UPDATE feed_cursors SET owned_until = now() - interval '1 second' WHERE consumer = '"
                + Sinks.consumer(name) + "'");
    }
}
