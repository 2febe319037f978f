package org.trackerreports.systemtests.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.key.PrivateTrackerKey;
import org.trackerreports.findmy.key.StaticKeys;
import org.trackerreports.findmy.keyfile.KeyFiles;
import org.trackerreports.findmy.keyfile.NamedKeys;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.simulator.world.Finders;
import org.trackerreports.simulator.world.KeySchedule;
import org.trackerreports.simulator.world.Position;
import org.trackerreports.simulator.world.Route;
import org.trackerreports.simulator.world.TagSpec;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.systemtests.daemon.SetupClient.Answered;

/** Key files through the set-up, and what becomes of them: over real sockets. */
class SetupImportTest extends SetupFixture {

    private static final Map<String, String> PREVIEW = Map.of("preview", "yes");
    private static final String LOCKED = "export.zip";

    private final SecureRandom random = new SecureRandom();

    @BeforeEach
    void start() throws Exception {
        startDaemon();
    }

    private StaticKeys keys() {
        return new StaticKeys(List.of(PrivateTrackerKey.generate(random)));
    }

    private static byte[] keysText(StaticKeys keys) {
        return KeyFiles.writeKeysText(keys).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] lockedExport() throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/keyfiles/locked-export.zip"))) {
            return in.readAllBytes();
        }
    }

    private static Map<String, String> with(Map<String, String> fields, String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put(name, value);
        return all;
    }

    private long stored() {
        return system.store().trackers().list().size();
    }

    @Test
    void filesArePreviewedWithTheirProblemsAndThenImported() throws Exception {
        system.with("REQUEST_INTERVAL_HOURS", "0.5");
        restartDaemon();
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("Bike.keys", keysText(keys()));
        files.put(
                "devices.json",
                KeyFiles.writeDevicesJson(List.of(
                                new NamedKeys("Boat", keys(), Optional.empty()),
                                new NamedKeys("Käthe's bag", keys(), Optional.empty())))
                        .getBytes(StandardCharsets.UTF_8));
        files.put("holiday.jpg", new byte[] {1, 2, 3});
        files.put("tags.csv", "name,private_keys\nCase,abc\n".getBytes(StandardCharsets.UTF_8));

        JsonNode preview = setup.send(files, PREVIEW);
        assertThat(preview.get("imported").asInt()).isEqualTo(3);
        assertThat(preview.get("problems").asInt()).isEqualTo(2);
        assertThat(preview.get("trackers"))
                .extracting(each -> each.get("name").asText())
                .containsExactly("Bike", "Boat", "Käthe's bag");
        assertThat(preview.get("trackers"))
                .allMatch(each -> each.get("outcome").asText().equals("new"));
        assertThat(preview.at("/files/2/format").asText()).isEqualTo("unknown");
        assertThat(preview.at("/files/2/problems/0/message").asText()).isNotEmpty();
        assertThat(preview.at("/files/3/problems/0/where").asText()).isEqualTo("line 2 (Case)");
        assertThat(stored()).isZero();

        JsonNode done = setup.send(files, Map.of());
        assertThat(done.get("imported").asInt()).isEqualTo(3);
        assertThat(system.store().trackers().list())
                .extracting(Tracker::name)
                .containsExactlyInAnyOrder("Bike", "Boat", "Käthe's bag");
        assertThat(setup.stepState("trackers")).isEqualTo("done");
        // One request is for all of them, instead of one after the other within half an hour.
        TrackerQueue queue = system.fetcher().get(TrackerQueue.class);
        Instant now = Instant.now();
        assertThat(system.store().trackers().list())
                .allSatisfy(tracker -> assertThat(queue.details(Long.toString(tracker.id())))
                        .hasValueSatisfying(id -> assertThat(id.due()).isBeforeOrEqualTo(now)));
        JsonNode again = setup.send(files, PREVIEW);
        assertThat(again.get("already_there").asInt()).isEqualTo(3);
    }

    @Test
    void aLockedZipIsOpenedWithItsCode() throws Exception {
        Map<String, byte[]> files = Map.of(LOCKED, lockedExport());
        JsonNode locked = setup.send(files, PREVIEW);
        assertThat(locked.at("/files/0/locked").asBoolean()).isTrue();
        assertThat(locked.at("/files/0/opened").asBoolean()).isFalse();
        assertThat(locked.get("imported").asInt()).isZero();
        JsonNode wrong = setup.send(files, with(PREVIEW, "code", "H4K2-9WMR-7TQY"));
        assertThat(wrong.at("/files/0/opened").asBoolean()).isFalse();
        assertThat(wrong.get("imported").asInt()).isZero();

        JsonNode right = setup.send(files, with(PREVIEW, "code", " h4k2 9wmr-7tqx "));
        assertThat(right.at("/files/0/opened").asBoolean()).isTrue();
        assertThat(right.get("imported").asInt()).isEqualTo(1);
        assertThat(stored()).isZero();
        // The daemon keeps nothing between preview and import, so it may start again.
        restartDaemon();
        assertThat(setup.send(files, Map.of("code", "H4K2-9WMR-7TQX"))
                        .get("imported")
                        .asInt())
                .isEqualTo(1);
        Tracker tracker = system.store().trackers().list().get(0);
        assertThat(system.store().trackers().hashedKeys(tracker.id()))
                .contains("BMCLZZtGcC0G+KEtV/msoCPcH0YjrTs6g6cgLstW+Jo=");
    }

    @Test
    void filesOfOneNameAndTrackersOfOneNameAreToldApart() throws Exception {
        setup.send(Map.of("Bike.keys", keysText(keys())), Map.of());
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("Bike.keys", keysText(keys()));
        files.put("bikes/Boat.keys", keysText(keys()));
        JsonNode preview = setup.send(files, PREVIEW);
        assertThat(preview.at("/trackers/0/outcome").asText()).isEqualTo("refused");
        assertThat(preview.at("/trackers/0/name_taken").asBoolean()).isTrue();
        assertThat(preview.at("/trackers/0/reason").asText()).doesNotContain("--rename");
        assertThat(preview.at("/trackers/1/outcome").asText()).isEqualTo("new");

        JsonNode renamed = setup.send(files, with(PREVIEW, "names", "{\"1\": \"Bike 2\"}"));
        assertThat(renamed.at("/trackers/0/name").asText()).isEqualTo("Bike 2");
        assertThat(renamed.get("imported").asInt()).isEqualTo(2);
        setup.send(files, Map.of("names", "{\"1\": \"Bike 2\"}"));
        assertThat(system.store().trackers().list())
                .extracting(Tracker::name)
                .containsExactlyInAnyOrder("Bike", "Bike 2", "Boat");
    }

    @Test
    void aTrackerIsExplainedAndRemovedAfterConfirmation() throws Exception {
        setup.send(Map.of("Bike.keys", keysText(keys())), Map.of());
        long id = system.store().trackers().list().get(0).id();
        JsonNode explained = setup.get("/trackers/" + id + "/explanation").ok();
        assertThat(explained.get("conclusion").asText()).isEqualTo("There is no account.");
        assertThat(explained.get("action").asText()).isEqualTo("sign_in");
        assertThat(explained.get("next_step").asText()).doesNotContain("findmy");
        within(
                10,
                () -> setup.post("/trackers/" + id + "/retry", SetupClient.json())
                                .status()
                        == 200);

        assertThat(setup.get("/trackers/" + id + "/removal").ok().get("reports").asInt())
                .isZero();
        Answered unconfirmed = setup.delete("/trackers/" + id);
        assertThat(unconfirmed.status()).isEqualTo(409);
        assertThat(setup.delete("/trackers/" + id + "?confirm=Boat").status()).isEqualTo(409);
        assertThat(setup.delete("/trackers/" + id + "?confirm=Bike&reports=some")
                        .status())
                .isEqualTo(400);
        assertThat(stored()).isEqualTo(1);
        assertThat(setup.delete("/trackers/" + id + "?confirm=Bike&reports=remove")
                        .status())
                .isEqualTo(204);
        assertThat(stored()).isZero();
        for (String gone : List.of("/trackers/" + id + "/explanation", "/trackers/x/explanation")) {
            assertThat(setup.get(gone).status()).isEqualTo(404);
        }
    }

    /** The whole way of a newcomer, with what is missing after each step. */
    @Test
    void fromNothingToTheFirstPosition() throws Exception {
        JsonNode empty = setup.state();
        assertThat(empty.get("ready").asBoolean()).isFalse();
        assertThat(empty.get("steps"))
                .extracting(step ->
                        step.get("step").asText() + " " + step.get("state").asText())
                .containsExactly("anisette done", "account to_do", "trackers to_do", "first_position later");
        assertThat(empty.at("/anisette/owner").asText()).isEqualTo("this_machine");

        setup.signIn(LocalSystem.APPLE_ID, LocalSystem.PASSWORD).ok();
        StaticKeys keys = keys();
        Instant now = Instant.now();
        system.simulator()
                .world()
                .addTag(TagSpec.of(
                                "Bike",
                                KeySchedule.fixed(
                                        keys.keys().get(0).advertisementKey().bytes()),
                                Route.stayingAt(Position.ofDegrees(52.52, 13.405)),
                                Finders.every(Duration.ofSeconds(1))
                                        .withConfidence(2, 3)
                                        .withDelay(Duration.ZERO, Duration.ZERO))
                        .seenBetween(now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(1))));
        setup.send(Map.of("Bike.keys", keysText(keys)), Map.of());

        within(30, () -> setup.state().get("ready").asBoolean());
        JsonNode position = setup.state().at("/steps/3");
        assertThat(position.get("state").asText()).isEqualTo("done");
        assertThat(position.get("text").asText()).startsWith("Bike was seen ").contains("ago near ");
        JsonNode news = setup.get("/progress").ok();
        assertThat(news.get("events"))
                .extracting(event -> event.get("kind").asText())
                .contains("account", "request", "reports");
        assertThat(news.get("events"))
                .noneMatch(event -> event.get("text").asText().contains(LocalSystem.APPLE_ID));
        long last = news.get("last").asLong();
        assertThat(setup.get("/progress?after=" + last).ok().get("events"))
                .allMatch(event -> event.get("number").asLong() > last);
        assertThat(setup.get("/progress?after=soon").status()).isEqualTo(400);
    }
}
