package org.trackerreports.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.simulator.world.Sighting;
import org.trackerreports.tools.Tools;

/** The whole path of a user: the positions in the database are those of the simulated world, to the seventh decimal. */
class DemoTest {

    private static final double SEVENTH_DECIMAL = 1e-7;

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
