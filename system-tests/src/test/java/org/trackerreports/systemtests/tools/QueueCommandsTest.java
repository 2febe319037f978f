package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.systemtests.tools.ToolProcess.Ended;

/** {@code queue}, {@code plan} and {@code explain}. */
@ExtendWith(WithToolWorld.class)
class QueueCommandsTest {

    private final ToolWorld world;

    QueueCommandsTest(ToolWorld world) {
        this.world = world;
    }

    @Test
    void theQueueIsVerifiedShownPausedAndResumed() throws Exception {
        world.newTracker("Queued", 10, 20);
        String id = Long.toString(
                world.store().trackers().find("Queued").orElseThrow().id());
        assertThat(world.tool("queue", "verify").done().out()).containsAnyOf("now holds", "were missing and added");
        TrackerQueue queue = world.get(TrackerQueue.class);
        assertThat(queue.details(id)).isPresent();

        JsonNode shown = world.tool("queue", "show", "Queued", "--json").done().json();
        assertThat(shown).hasSize(1);
        assertThat(shown.get(0).get("tracker").asText()).isEqualTo("Queued");
        assertThat(shown.get(0).get("state").asText()).isEqualTo("waiting");
        assertThat(shown.get(0).get("failures").asInt()).isZero();
        assertThat(shown.get(0).get("due_time").asText())
                .isEqualTo(queue.details(id).orElseThrow().due().toString());

        assertThat(world.tool("queue", "pause", "Queued").done().out()).contains("1 of 1 trackers are paused now");
        assertThat(world.tool("queue", "show", "Queued").done().out()).contains("paused");
        JsonNode explained = world.tool("explain", "Queued", "--json").done().json();
        assertThat(explained.get("conclusion").asText()).isEqualTo("It is paused.");
        assertThat(explained.get("next_step").asText()).isEqualTo("findmy tools queue resume Queued");
        assertThat(explained.at("/queue/state").asText()).isEqualTo("paused");
        assertThat(explained.at("/accounts/0/state").asText()).isEqualTo("ready");
        assertThat(explained.at("/accounts/0/requests_per_day").asInt()).isEqualTo(100_000);
        assertThat(explained.at("/accounts/0/gap_seconds").asDouble()).isEqualTo(0.1);
        assertThat(explained.at("/accounts/0/limits_of_others").asBoolean()).isFalse();
        assertThat(world.tool("queue", "resume", "Queued").done().out()).contains("1 of 1");
        assertThat(world.tool("queue", "requeue", "Queued").done().out()).contains("of 1 trackers are due now");

        JsonNode status = world.tool("queue", "status", "--json").done().json();
        assertThat(status.get("trackers").asLong()).isEqualTo(queue.statistics().ids());
        assertThat(status.get("due").asLong()).isPositive();
        assertThat(status.get("workers").asLong()).isZero();
        assertThat(status.get("oldest_overdue").isTextual()).isTrue();
        assertThat(world.tool("queue", "status").done().out()).contains("longest overdue", "workers");
        Ended explain = world.tool("explain", "Queued").done();
        assertThat(explain.out())
                .contains("its limits", "100000 requests in 1 d", "its next request", "0.1 s between two");
        assertThat(explain.out()).contains("last seen", "No daemon is running.", "Next step: findmy fetcher");
        assertThat(world.tool("explain", "Quewed").err()).contains("nearest: Queued");
    }

    @Test
    void whatSomethingElseWroteIntoTheQueueIsNamedAndStopsNothing() throws Exception {
        world.newTracker("Damaged", 10, 20);
        String id = Long.toString(
                world.store().trackers().find("Damaged").orElseThrow().id());
        world.tool("queue", "verify").done();
        RedissonClient redis = world.get(RedissonClient.class);
        String prefix = "{" + world.get(Configuration.class).get(Options.QUEUE_PREFIX) + "}:";
        redis.<String, String>getMap(prefix + "records", StringCodec.INSTANCE).fastPut(id, "garbage");
        redis.getScoredSortedSet(prefix + "due", StringCodec.INSTANCE).add(0, "no number");
        try {
            assertThat(world.tool("queue", "show", "Damaged").done().out()).contains("Damaged");
            assertThat(world.tool("queue", "status").done().out())
                    .contains("records that were damaged")
                    .contains("the last one that of \"" + id + "\"");
            assertThat(world.tool("queue", "status", "--json")
                            .done()
                            .json()
                            .get("last_damaged_id")
                            .asText())
                    .isEqualTo(id);
        } finally {
            redis.getScoredSortedSet(prefix + "due", StringCodec.INSTANCE).remove("no number");
        }
    }

    @Test
    void aPlanIsArithmeticOnly() {
        // 10,000 tags in batches of 64 are 157 requests, twice a day 314; an account makes 268 by itself.
        ToolProcess tool = world.tool()
                .without("DB_HOST", "DB_PASSWORD", "REDIS_URL")
                .with("FETCH_INTERVAL", "300")
                .with("MAX_REQUESTS_PER_DAY", "288");
        JsonNode plan = tool.call("plan", "--trackers", "10000", "--accounts", "1", "--within", "12h", "--json")
                .done()
                .json();
        assertThat(plan.get("requests_per_round").asInt()).isEqualTo(157);
        assertThat(plan.get("requests_per_day").asDouble()).isEqualTo(314);
        assertThat(plan.get("requests_per_account_and_day").asDouble()).isEqualTo(268);
        assertThat(plan.get("accounts_needed").asInt()).isEqualTo(2);
        assertThat(plan.get("round_seconds").asInt()).isEqualTo(157 * 86_400 / 268);
        // 256 ids are 21 tags with the 12 keys that go-haystack makes: 10,000 tags are 477 requests.
        JsonNode keys = tool.call("plan", "--trackers", "10000", "--keys-per-tag", "12", "--within", "12h", "--json")
                .done()
                .json();
        assertThat(keys.get("keys_per_tag").asInt()).isEqualTo(12);
        assertThat(keys.get("requests_per_round").asInt()).isEqualTo(477);
        Ended text = tool.call("plan", "--trackers", "64", "--accounts", "1", "--within", "30m")
                .done();
        assertThat(text.out()).contains("1 requests for all of them once", "Accounts needed: 1.");
        Ended wrong = tool.call("plan", "--trackers", "5", "--within", "soon");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains("--within is 'soon'", "12h");
    }
}
