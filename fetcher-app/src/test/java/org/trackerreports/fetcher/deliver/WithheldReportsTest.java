package org.trackerreports.fetcher.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trackerreports.core.sink.SinkFile;
import org.trackerreports.store.report.Position;

/** A program that keeps a position as often as it gets it is told of each right one once, whenever that turns out. */
class WithheldReportsTest extends SinkFixture {

    /** Two kilometres from home, there and back in ten minutes: not on foot. */
    private static final Position FAR = new Position(52.518, 13.4);

    private static final Instant BEFORE = NOW.minusSeconds(3_600);
    private static final Instant WHEN_FAR = NOW.minusSeconds(3_300);
    private static final Instant AFTER = NOW.minusSeconds(3_000);

    private static final Pattern TIME = Pattern.compile("(?:\\btimestamp=|\"tst\":)(\\d+)");

    /** The times of the positions that the program keeps, one for each time that it got one. */
    private final List<Instant> kept = Collections.synchronizedList(new ArrayList<>());

    private HttpServer program;

    WithheldReportsTest(DeliverWorld world) {
        super(world);
    }

    @BeforeEach
    void startProgram() throws IOException {
        program = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        program.createContext("/", this::keep);
        program.start();
        moves("walk");
    }

    @AfterEach
    void stopProgram() {
        program.stop(0);
    }

    private void keep(HttpExchange exchange) throws IOException {
        try (exchange) {
            Matcher time = TIME.matcher(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            assertThat(time.find()).isTrue();
            kept.add(Instant.ofEpochSecond(Long.parseLong(time.group(1))));
            byte[] answer = "[]".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private SinkFile file(String type, String path) {
        return file(
                "TYPE=" + type, "URL=http://127.0.0.1:" + program.getAddress().getPort() + path, "ALERT_GAP=");
    }

    /** How fast the tracker can be, which makes its positions wrong or right. */
    private void moves(String how) {
        world.store().trackers().changeLabels(tracker, Map.of("motion", how), List.of());
        world.judge();
    }

    private void wasFarAway() {
        world.report(tracker, "Bike " + name, BEFORE, DeliverWorld.HOME);
        world.report(tracker, "Bike " + name, WHEN_FAR, FAR);
        world.report(tracker, "Bike " + name, AFTER, DeliverWorld.HOME);
        world.judge();
    }

    @ParameterizedTest
    @CsvSource({"traccar,/", "owntracks,/pub"})
    void isToldOfAPositionWhenItTurnsOutToBeRightAndNeverAgain(String type, String path) {
        SinkPump pump = pump(file(type, path));
        turn(pump);
        wasFarAway();
        turn(pump);
        assertThat(kept).containsExactly(BEFORE, AFTER);

        moves("plane");
        turn(pump);
        assertThat(kept).containsExactly(BEFORE, AFTER, WHEN_FAR);

        moves("walk");
        turn(pump);
        moves("plane");
        turn(pump);
        assertThat(kept)
                .as("what was told cannot be taken back, nor told again")
                .hasSize(3);
    }

    @Test
    void isToldOnceIfItWasRightBeforeTheSinkCameToIt() {
        SinkPump pump = pump(file("traccar", "/"));
        turn(pump);
        world.store().sinks().pause(name);
        wasFarAway();
        moves("plane");
        world.store().sinks().resume(name);
        turn(pump);
        assertThat(kept).containsExactlyInAnyOrder(BEFORE, WHEN_FAR, AFTER);
    }

    @Test
    void aProgramThatCanChangeAPositionIsToldOfEveryRevision() {
        SinkPump pump = pump(file("TYPE=webhook"));
        turn(pump);
        wasFarAway();
        turn(pump);
        moves("plane");
        turn(pump);
        moves("walk");
        turn(pump);
        assertThat(receiver.types())
                .containsExactly("report.stored", "report.stored", "report.revised", "report.revised");
    }
}
