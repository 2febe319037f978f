package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.redisson.client.codec.StringCodec;

/**
 * No script holds Redis up: each handles a bounded number of values, however many ids there are. Counted, not timed, so a busy
 * machine makes no difference.
 */
class BoundedWorkTest extends QueueFixture {

    private static final int FEW = 2000;
    private static final int MANY = 8000;
    private static final String MOST = "{movable-time}:most";

    /**
     * The most values that one script may hand to Redis' commands and be given by them. The largest are a page of
     * {@link TrackerQueue#list} and a step of {@link TrackerQueue#reconcileChanges}, with about 5,000.
     */
    private static final int LIMIT = 5200;

    /** Takes the place of Redis' own functions: counts what goes to commands and comes back. */
    private static final String COUNTING = """
            local real, values = redis, 0
            local redis = {call = function(...)
              local reply = real.call(...)
              values = values + select('#', ...) + (type(reply) == 'table' and #reply or 1)
              if values > tonumber(real.call('GET', '%1$s') or 0) then
                real.call('SET', '%1$s', values)
              end
              return reply
            end}
            """.formatted(MOST);

    private final Map<String, Long> mostOf = new LinkedHashMap<>();

    @Test
    void noScriptHandlesMoreValuesWhenThereAreMoreIds() {
        doEverythingWith(FEW);
        Map<String, Long> few = Map.copyOf(mostOf);
        emptyRedis();
        doEverythingWith(MANY);
        mostOf.forEach((what, most) -> assertThat(most)
                .as("values handled by one step of \"%s\" with %d ids; %d with %d", what, MANY, few.get(what), FEW)
                .isLessThanOrEqualTo(LIMIT));
        assertThat(mostOf).hasSize(17).containsKeys("claim", "requeue all").doesNotContainValue(0L);
    }

    private void doEverythingWith(int ids) {
        queue = new TrackerQueue(
                settings.toBuilder().parkAfterFailures(1).build(),
                new Random(1),
                new Scripts(redisson, settings.callTimeout(), QueueListener.NONE, COUNTING + MovableTime.LUA));
        int half = ids / 2;
        step("fill", () -> queue.initialiseIfEmpty(entries(0, ids, 1)));
        step("reconcile, nothing new", () -> queue.reconcile(entries(0, ids, 1)));
        step("reconcile, other priorities", () -> queue.reconcile(entries(0, ids, 2)));
        step("reconcile, all others", () -> queue.reconcile(entries(ids, 2 * ids, 1)));
        step(
                "changes",
                () -> queue.reconcileChanges(
                        entries(2 * ids, 2 * ids + half, 1).get().toList(), names(ids, ids + half)));
        time.pass(HEARTBEAT_TIMEOUT);
        step("requeue all", queue::requeueAllNow);
        List<Lease> leases = new ArrayList<>();
        step("claim", () -> claimAll(ANNE, half, leases));
        step("extend", () -> queue.extend(leases));
        redisson.getMap("{test}:meta", StringCodec.INSTANCE).put("server", "another");
        step("report after a loss of data", () -> queue.heartbeat(ANNE));
        step("complete", () -> queue.complete(leases, Completion.FOUND));
        time.pass(INTERVAL);
        leases.clear();
        claimAll(ANNE, half, leases);
        step("fail", () -> queue.fail(leases, "why", Fault.TRACKER));
        step("requeue all, parked", queue::requeueAllNow);
        claimAll(ANNE, half, new ArrayList<>());
        time.pass(HEARTBEAT_TIMEOUT);
        step("reclaim", queue::reclaim);
        claimAll(BERT, half, new ArrayList<>());
        step("leave", () -> queue.leave(BERT));
        step("pause", () -> queue.pause(names(2 * ids, 2 * ids + half)));
        step("list", () -> {
            for (QueueView view : QueueView.values()) {
                queue.list(view, half / 2, TrackerQueue.MAX_PER_PAGE);
            }
        });
        step("remove", () -> queue.remove(names(2 * ids, 2 * ids + half)));
    }

    private void step(String what, Runnable work) {
        redisson.getBucket(MOST, StringCodec.INSTANCE).set("0");
        work.run();
        mostOf.put(what, Long.parseLong((String)
                redisson.getBucket(MOST, StringCodec.INSTANCE).get()));
    }

    private void claimAll(WorkerId worker, int ids, List<Lease> into) {
        int before = into.size();
        while (into.size() < before + ids) {
            List<Lease> leases = queue.claim(worker, TrackerQueue.MAX_PER_CLAIM);
            assertThat(leases).isNotEmpty();
            into.addAll(leases);
        }
    }

    private static Set<String> names(int from, int to) {
        return new HashSet<>(IntStream.range(from, to).mapToObj(i -> "id" + i).toList());
    }

    private static Supplier<Stream<QueueEntry>> entries(int from, int to, int priority) {
        return () -> IntStream.range(from, to).mapToObj(i -> new QueueEntry("id" + i, priority));
    }
}
