package org.trackerreports.systemtests.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.feed.Feed;
import org.trackerreports.store.feed.FeedCursor;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.sink.SinkState;
import org.trackerreports.store.sink.Sinks;
import org.trackerreports.systemtests.RefusedEvents;
import org.trackerreports.systemtests.tools.ToolProcess.Ended;

/** {@code sinks}: what is added, tried, shown, paused, replayed and removed. */
@ExtendWith(WithToolWorld.class)
class SinkCommandsTest {

    private final ToolWorld world;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private volatile int status = 204;
    private HttpServer receiver;

    @TempDir
    private Path directory;

    SinkCommandsTest(ToolWorld world) {
        this.world = world;
    }

    @BeforeEach
    void startReceiver() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            received.add(exchange.getRequestHeaders().getFirst("webhook-signature") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stopReceiver() {
        receiver.stop(0);
    }

    private Ended sinks(String... words) {
        String[] all = new String[words.length + 3];
        all[0] = "sinks";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--sinks-dir";
        all[words.length + 2] = directory.resolve("sinks").toString();
        return world.tool(all);
    }

    private String url() {
        return "URL=http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook?key=geheim";
    }

    @Test
    void aSinkIsAddedTriedShownAndRemoved() throws Exception {
        Ended none = sinks("list");
        assertThat(none.exitCode()).isEqualTo(ExitCode.NOTHING_FOUND);
        assertThat(none.err()).contains("There is no sink yet. Add one");

        assertThat(sinks("add", "hook", "TYPE=webhook", url(), "EVENTS=place.left")
                        .done()
                        .out())
                .contains("Sink hook was added", "Give the receiver the secret in");
        Path secret = directory.resolve("sinks/hook.secret");
        assertThat(Files.readString(secret)).startsWith("whsec_");
        for (Path file : List.of(secret, directory.resolve("sinks/hook.conf"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }

        Ended tried = sinks("test", "hook").done();
        assertThat(tried.out()).contains("Sent to hook", "which is no tracker of yours");
        assertThat(received)
                .singleElement()
                .satisfies(request ->
                        assertThat(request).startsWith("v1,").contains("\"tracker\":\"Test position (made up)\""));

        JsonNode listed = sinks("list", "--json").done().json().get(0);
        assertThat(listed.get("name").asText()).isEqualTo("hook");
        assertThat(listed.get("type").asText()).isEqualTo("webhook");
        assertThat(listed.get("state").asText()).isEqualTo("new");
        assertThat(listed.get("lag_events").asLong()).isZero();
        Ended shown = sinks("show", "hook").done();
        assertThat(shown.out()).contains("SECRET_FILE", "http://127.0.0.1").doesNotContain("geheim", "whsec_");

        assertThat(sinks("add", "hook", "TYPE=webhook", url()).err()).contains("There is a sink hook already");
        assertThat(sinks("remove", "hook").out()).contains("would remove hook");
        sinks("remove", "hook", "--yes").done();
        assertThat(directory.resolve("sinks/hook.conf")).doesNotExist();
        assertThat(sinks("show", "hook").exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void saysWhatIsWrongBeforeItWritesAnything() {
        Ended wrong = sinks("add", "home", "TYPE=homeassistant", "URL=http://broker");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains("Nothing was added: a broker is mqtt://HOST:PORT");
        assertThat(sinks("add", "../home", "TYPE=traccar", "URL=http://traccar").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(directory.resolve("sinks/home.conf")).doesNotExist();
    }

    @Test
    void aWrongFileIsNamedInTheList() throws Exception {
        Files.createDirectories(directory.resolve("sinks"));
        Files.writeString(directory.resolve("sinks/odd.conf"), "TYPE=webhok\n");
        JsonNode listed = sinks("list", "--json").done().json().get(0);
        assertThat(listed.get("state").asText()).isEqualTo("wrong_file");
        assertThat(listed.get("last_error").asText()).contains("TYPE is 'webhok'");
        Ended tried = sinks("test", "odd");
        assertThat(tried.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(tried.err()).contains("odd.conf is wrong");
    }

    @Test
    void aTestTellsWhatTheReceiverAnswered() {
        sinks("add", "answers", "TYPE=webhook", url()).done();
        status = 503;
        Ended later = sinks("test", "answers");
        assertThat(later.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(later.err()).contains("answers cannot be told: it answered 503.");
        status = 401;
        assertThat(sinks("test", "answers").err()).contains("answers refuses the credentials");
        status = 422;
        Ended refused = sinks("test", "answers");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err()).contains("answers does not accept the position: status 422");
        assertThat(later.err() + refused.err()).doesNotContain("geheim");
    }

    @Test
    void pausesReplaysAndRetriesWhatADaemonServes() {
        sinks("add", "served", "TYPE=webhook", url()).done();
        assertThat(sinks("pause", "served").err()).contains("No daemon with the role deliver has served served yet");
        world.store().sinks().register("served", "webhook");
        sinks("pause", "served").done();
        assertThat(world.store().sinks().find("served").orElseThrow().paused()).isTrue();
        sinks("resume", "served").done();
        assertThat(world.store().sinks().find("served").orElseThrow().paused()).isFalse();

        Ended unsure = sinks("replay", "served", "--since", "7d");
        assertThat(unsure.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(unsure.out()).containsPattern("would send again \\d+ reports since ");
        assertThat(world.store().sinks().find("served").orElseThrow().replay()).isEmpty();
        sinks("replay", "served", "--since", "7d", "--yes").done();
        assertThat(world.store().sinks().find("served").orElseThrow().replay()).isPresent();
        assertThat(sinks("replay", "served", "--from", "0-0", "--yes").done().out())
                .contains("events again");
        assertThat(world.store().feed().cursors())
                .anySatisfy(cursor -> assertThat(cursor.consumer()).isEqualTo("sink:served"));
        assertThat(sinks("replay", "served").exitCode()).isEqualTo(ExitCode.USAGE);

        assertThat(sinks("failures", "served").exitCode()).isEqualTo(ExitCode.NOTHING_FOUND);
        assertThat(sinks("retry", "served").exitCode()).isEqualTo(ExitCode.NOTHING_FOUND);
        sinks("remove", "served", "--yes").done();
        assertThat(world.store().sinks().find("served")).isEmpty();
        assertThat(world.store().feed().cursors())
                .noneSatisfy(cursor -> assertThat(cursor.consumer()).isEqualTo("sink:served"));
    }

    @Test
    void doctorNamesEachSinkThatNeedsSomethingAndTheNextStep() throws Exception {
        for (String name : List.of("away", "denied", "gone", "picky", "resting", "well")) {
            sinks("add", name, "TYPE=webhook", url()).done();
        }
        assertThat(doctor().get("found").asText()).contains("no daemon serves away");
        Sinks sinks = world.store().sinks();
        Instant later = Instant.parse("2030-01-02T03:04:05Z");
        for (String name : List.of("away", "denied", "gone", "picky", "resting", "well")) {
            sinks.register(name, "webhook");
            world.store()
                    .feed()
                    .claim(
                            Sinks.consumer(name),
                            "daemon",
                            Duration.ofMinutes(5),
                            world.store().feed().end());
        }
        sinks.waiting("away", SinkState.Condition.WAITING, 3, later, "no connection to away.example", 0);
        sinks.pause("resting");
        sinks.failures().add("picky", List.of(RefusedEvents.of("rep_1"), RefusedEvents.of("rep_2")));
        JsonNode warned = doctor();
        assertThat(warned.get("level").asText()).isEqualTo("warn");
        assertThat(warned.get("found").asText())
                .contains(
                        "away cannot be told (no connection to away.example) and is tried again at 2030-01-02 03:04:05",
                        "picky does not accept 2 events")
                .doesNotContain("resting", "well");
        assertThat(warned.get("next_step").asText())
                .contains("findmy tools sinks test away", "findmy tools sinks failures picky");

        sinks.waiting("denied", SinkState.Condition.CREDENTIALS, 1, later, "it answered 401", 0);
        sinks.switchedOff("gone", "it answered 410", 0);
        Files.writeString(directory.resolve("sinks/odd.conf"), "TYPE=webhok\n");
        JsonNode failed = doctor();
        assertThat(failed.get("level").asText()).isEqualTo("fail");
        assertThat(failed.get("found").asText())
                .contains(
                        "denied refuses the credentials (it answered 401)",
                        "gone is switched off (it answered 410)",
                        "odd has a wrong file: TYPE is 'webhok'");
        assertThat(failed.get("next_step").asText())
                .contains("findmy tools sinks resume denied", "findmy tools sinks resume gone", "Correct odd.conf.");
        List.of("away", "denied", "gone", "picky", "resting", "well").forEach(sinks::remove);
    }

    private JsonNode doctor() {
        Ended ended = world.tool(
                "doctor", "--json", "--sinks-dir", directory.resolve("sinks").toString());
        for (JsonNode check : ended.json()) {
            if (check.get("check").asText().equals("sinks")) {
                return check;
            }
        }
        throw new AssertionError(ended.toString());
    }

    @Test
    void saysWhenNobodyJudges() {
        sinks("add", "untold", "TYPE=webhook", url()).done();
        Feed feed = world.store().feed();
        feed.cursor(Feed.JUDGE).flatMap(FeedCursor::owner).ifPresent(owner -> feed.release(Feed.JUDGE, owner));
        assertThat(feed.claim(Feed.JUDGE, "judge", Duration.ofMinutes(1), FeedPlace.BEGINNING))
                .isPresent();
        assertThat(sinks("list").err()).doesNotContain("Nobody judges");
        feed.release(Feed.JUDGE, "judge");
        assertThat(sinks("list").err())
                .contains("Nobody judges reports, so sinks are told nothing new. Start a daemon with the role move");
        Ended unjudged = world.tool()
                .with("DELIVER_UNJUDGED", "true")
                .call("sinks", "list", "--sinks-dir", directory.resolve("sinks").toString())
                .done();
        assertThat(unjudged.err()).doesNotContain("Nobody judges");
    }
}
