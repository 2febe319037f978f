package org.trackerreports.systemtests.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trackerreports.store.sink.SinkState;
import org.trackerreports.store.sink.Sinks;
import org.trackerreports.systemtests.RefusedEvents;
import org.trackerreports.systemtests.daemon.SetupClient.Answered;

/** The programs that are told of positions, through the set-up: over real sockets. */
class SetupSinksTest extends SetupFixture {

    private SinkReceiver receiver;

    @BeforeEach
    void startReceiver() throws Exception {
        receiver = SinkReceiver.start();
    }

    @AfterEach
    void stopReceiver() {
        receiver.close();
    }

    private JsonNode list() throws Exception {
        return setup.get("/sinks").ok();
    }

    private JsonNode sink(String name) throws Exception {
        JsonNode all = list().get("sinks");
        for (JsonNode each : all) {
            if (each.get("name").asText().equals(name)) {
                return each;
            }
        }
        throw new AssertionError("no sink " + name + " in " + all);
    }

    private static ObjectNode paused(boolean paused) {
        return SetupClient.json().put("paused", paused);
    }

    /** Nobody serves and nobody judges in this process, so that what the database says stays as it is. */
    @Test
    void saysHowItGoesWithEachAndWhatItNeeds() throws Exception {
        startDaemon("fetch,serve");
        assertThat(list().get("sinks")).isEmpty();
        assertThat(list().get("needs")).isEmpty();

        receiver.write(directory, "hook");
        Files.writeString(directory.resolve("data/sinks/odd.conf"), "TYPE=webhok\n");
        assertThat(sink("hook").get("state").asText()).isEqualTo("new");
        assertThat(sink("hook").at("/needs/0/text").asText()).isEqualTo("No daemon serves hook.");
        assertThat(sink("odd").get("state").asText()).isEqualTo("wrong_file");
        assertThat(sink("odd").at("/needs/0/text").asText()).startsWith("odd has a wrong file: TYPE is 'webhok'");
        assertThat(list().at("/needs/0/need").asText()).isEqualTo("not_judged");
        assertThat(setup.patch("/sinks/hook", paused(true)).status()).isEqualTo(409);

        Sinks sinks = system.store().sinks();
        sinks.register("hook", "webhook");
        system.store()
                .feed()
                .claim(
                        Sinks.consumer("hook"),
                        "a daemon",
                        Duration.ofMinutes(5),
                        system.store().feed().end());
        system.addTrackers(2);
        Instant until = Instant.parse("2030-01-02T03:04:05Z");
        Instant before = Instant.now();
        sinks.working("hook", 7, Optional.empty());
        sinks.waiting("hook", SinkState.Condition.CREDENTIALS, 1, until, "it answered 401", 0);
        sinks.failures().add("hook", List.of(RefusedEvents.of("rep_1"), RefusedEvents.of("rep_2")));

        JsonNode hook = sink("hook");
        assertThat(hook.get("type").asText()).isEqualTo("webhook");
        assertThat(hook.get("state").asText()).isEqualTo("credentials");
        assertThat(hook.get("served_by").asText()).isEqualTo("a daemon");
        assertThat(hook.get("lag_events").asLong()).isPositive();
        assertThat(hook.get("delivered").asLong()).isEqualTo(7);
        assertThat(hook.get("failed").asLong()).isEqualTo(2);
        assertThat(hook.get("refused").asLong()).isEqualTo(2);
        assertThat(hook.get("last_error").asText()).isEqualTo("it answered 401");
        assertThat(Instant.parse(hook.get("last_error_time").asText()))
                .isBetween(before.minusSeconds(60), Instant.now().plusSeconds(60));
        assertThat(hook.get("wait_until").asText()).isEqualTo("2030-01-02T03:04:05Z");
        assertThat(hook.get("needs"))
                .extracting(need -> need.get("need").asText())
                .containsExactly("refused", "credentials");
        assertThat(list().toString()).doesNotContain(SinkReceiver.SECRET, "whsec_");
    }

    @Test
    void isTriedPausedResumedAndSentAgainWhatItRefused() throws Exception {
        startDaemon("fetch,serve");
        receiver.write(directory, "hook");
        Sinks sinks = system.store().sinks();
        sinks.register("hook", "webhook");

        assertThat(setup.patch("/sinks/hook", paused(true)).ok().get("state").asText())
                .isEqualTo("paused");
        assertThat(setup.patch("/sinks/hook", paused(false)).ok().get("state").asText())
                .isEqualTo("working");
        assertThat(setup.patch("/sinks/hook", SetupClient.json()).status()).isEqualTo(400);
        assertThat(setup.patch("/sinks/other", paused(true)).status()).isEqualTo(404);

        Answered sent = setup.post("/sinks/hook/test", SetupClient.json());
        assertThat(sent.ok().get("result").asText()).isEqualTo("sent");
        assertThat(receiver.received())
                .singleElement()
                .satisfies(body -> assertThat(body).contains("\"tracker\":\"Test position (made up)\""));
        receiver.answer(500);
        Answered away = setup.post("/sinks/hook/test", SetupClient.json());
        assertThat(away.ok().get("result").asText()).isEqualTo("unreachable");
        assertThat(away.text("message")).startsWith("hook cannot be told: ").contains("500");
        receiver.answer(422);
        Answered refused = setup.post("/sinks/hook/test", SetupClient.json());
        assertThat(refused.ok().get("result").asText()).isEqualTo("refused");
        for (Answered each : List.of(sent, away, refused)) {
            assertThat(each.body().toString()).doesNotContain(SinkReceiver.SECRET, "whsec_");
        }

        sinks.failures().add("hook", List.of(RefusedEvents.of("rep_1")));
        assertThat(setup.post("/sinks/hook/retry", SetupClient.json())
                        .ok()
                        .get("events")
                        .asInt())
                .isEqualTo(1);
        // What only the database knows cannot be tried here.
        sinks.register("elsewhere", "dawarich");
        Answered elsewhere = setup.post("/sinks/elsewhere/test", SetupClient.json());
        assertThat(elsewhere.status()).isEqualTo(409);
        assertThat(elsewhere.text("next_step")).contains("findmy tools sinks test");
    }
}
