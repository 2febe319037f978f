package org.trackerreports.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.simulator.world.Sighting;
import org.trackerreports.tools.Tools;

/** The whole path of a user: the positions in the database are those of the simulated world, to the seventh decimal. */
class DemoTest {

    private static final double SEVENTH_DECIMAL = 1e-7;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    @Test
    void everyTrackersLatestPositionIsTheOneThatTheWorldKnows() throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Path home = Files.createDirectories(directory.resolve("demo"));
        try (Demo demo = new Demo(home, true, new PrintWriter(out), new PrintWriter(err))) {
            int exitCode = demo.run();
            assertThat(exitCode).as(err.toString()).isZero();
            assertThat(out.toString())
                    .contains("12 imported, 0 already there, 0 refused.", "is signed in", "NEAREST CITY");

            JsonNode latest = latest(demo);
            assertThat(latest).hasSize(12);
            Set<String> names = new HashSet<>();
            for (JsonNode position : latest) {
                String tracker = position.get("tracker").asText();
                names.add(tracker);
                Sighting truth = truth(
                        demo, tracker, Instant.parse(position.get("event_time").asText()));
                assertThat(position.get("lat").asDouble()).isCloseTo(truth.latitudeE7() / 1e7, within(SEVENTH_DECIMAL));
                assertThat(position.get("lon").asDouble())
                        .isCloseTo(truth.longitudeE7() / 1e7, within(SEVENTH_DECIMAL));
                assertThat(position.get("accuracy_m").asInt()).isEqualTo(truth.horizontalAccuracy());
                assertThat(position.get("confidence").asInt()).isEqualTo(truth.confidence());
                assertThat(position.get("nearest_city").asText()).isNotBlank();
            }
            assertThat(names)
                    .containsExactlyInAnyOrderElementsOf(
                            demo.simulator().world().tagNames());
        }
        assertThat(directory.resolve("demo")).as("the demo cleans up").doesNotExist();
    }

    @Test
    void thePageHasEveryTrackerAndWhoComesAndGoesWhileTheDemoRuns() throws Exception {
        StringWriter err = new StringWriter();
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        Path home = Files.createDirectories(directory.resolve("demo"));
        try (Demo demo = new Demo(home, false, new PrintWriter(new StringWriter()), new PrintWriter(err))) {
            new Thread(
                            () -> {
                                try {
                                    ended.complete(demo.run());
                                } catch (Exception e) {
                                    ended.completeExceptionally(e);
                                }
                            },
                            "demo")
                    .start();
            await().atMost(PATIENCE).until(() -> err.toString().contains(" in a browser"));
            String said = err.toString();
            assertThat(said).as("before anything else").startsWith("Open http://localhost:");
            URI page = URI.create(said.substring("Open ".length(), said.indexOf(" in a browser")));
            await().atMost(PATIENCE).until(() -> seen(page) == 12);
            await().atMost(PATIENCE)
                    .until(() -> !get(page, "transitions").get("transitions").isEmpty());
        }
        assertThat(ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isIn(ExitCode.DONE, ExitCode.INTERRUPTED);
    }

    /** How many trackers have a position. */
    private static long seen(URI page) throws Exception {
        return StreamSupport.stream(get(page, "trackers").get("trackers").spliterator(), false)
                .filter(tracker -> !tracker.get("position").isNull())
                .count();
    }

    private static JsonNode get(URI page, String list) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(page.resolve("api/v1/" + list)).build();
        return new ObjectMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    private static JsonNode latest(Demo demo) throws Exception {
        StringWriter json = new StringWriter();
        int exitCode = Tools.run(
                demo.environment(), new PrintWriter(json), new PrintWriter(new StringWriter()), "latest", "--json");
        assertThat(exitCode).isZero();
        return new ObjectMapper().readTree(json.toString());
    }

    private static Sighting truth(Demo demo, String tracker, Instant time) {
        return demo.simulator().world().truth(tracker, time, time.plusSeconds(1)).stream()
                .filter(sighting -> sighting.time().equals(time))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the world knows no sighting of " + tracker + " at " + time));
    }
}
