package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.trackerreports.testsupport.RedisServer;

/** A Redis Cluster of three nodes. */
class ClusterTest {

    private static final int SLOTS = 16_384;
    private static final WorkerId ANNE = new WorkerId("anne");

    private final List<RedisServer> nodes = new ArrayList<>();
    private RedissonClient redisson;

    @BeforeEach
    void start() {
        for (int i = 0; i < 3; i++) {
            nodes.add(RedisServer.start(
                    "--cluster-enabled",
                    "yes",
                    "--cluster-node-timeout",
                    "2000",
                    "--cluster-config-file",
                    "nodes.conf"));
        }
        for (int i = 0; i < 3; i++) {
            int from = SLOTS * i / 3;
            int to = SLOTS * (i + 1) / 3;
            nodes.get(i)
                    .command(Stream.concat(
                                    Stream.of("CLUSTER", "ADDSLOTS"),
                                    IntStream.range(from, to).mapToObj(String::valueOf))
                            .toArray(String[]::new));
            nodes.get(i).command("CLUSTER", "SET-CONFIG-EPOCH", String.valueOf(i + 1));
            nodes.get(0)
                    .command(
                            "CLUSTER",
                            "MEET",
                            "127.0.0.1",
                            String.valueOf(nodes.get(i).port()));
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> nodes.stream().allMatch(node -> {
                    String info = node.command("CLUSTER", "INFO");
                    return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:3");
                }));
        redisson = RedisClients.connect(nodes.stream()
                .map(node -> "127.0.0.1:" + node.port())
                .collect(Collectors.joining(",", "redis-cluster://", "")));
    }

    @AfterEach
    void stop() {
        redisson.shutdown();
        nodes.forEach(RedisServer::close);
    }

    private static QueueSettings settings(String prefix) {
        return QueueSettings.builder(prefix)
                .interval(Duration.ofSeconds(1))
                .heartbeatTimeout(Duration.ofMillis(200))
                .afterOtherFault(Duration.ZERO)
                .build();
    }

    @Test
    void everyOperationWorksOnWhicheverNodeThePrefixLies() {
        // Six prefixes whose slots lie on all three nodes, as the last line checks.
        for (String prefix : List.of("one", "two", "three", "four", "five", "six")) {
            TrackerQueue queue = new TrackerQueue(redisson, settings(prefix));
            assertThat(queue.initialiseIfEmpty(() -> IntStream.range(0, 600).mapToObj(i -> QueueEntry.of("id" + i))))
                    .isTrue();
            await().until(() -> queue.statistics().due() == 600);
            List<Lease> leases = queue.claim(ANNE, 100);
            assertThat(leases).hasSize(100);
            queue.heartbeat(ANNE);
            assertThat(queue.extend(leases)).doesNotContain(false);
            assertThat(queue.complete(leases.subList(0, 40), Completion.FOUND)).doesNotContain(false);
            assertThat(queue.fail(leases.subList(40, 60), "why", Fault.TRACKER)).doesNotContain(false);
            assertThat(queue.release(leases.subList(60, 80))).doesNotContain(false);
            queue.leave(ANNE);
            assertThat(queue.reclaim()).isZero();
            assertThat(queue.pause(List.of("id1"))).isEqualTo(1);
            assertThat(queue.resume(List.of("id1"))).isEqualTo(1);
            assertThat(queue.requeueNow(List.of("id1"))).isBetween(0, 1);
            assertThat(queue.requeueAllNow()).isBetween(0L, 60L);
            assertThat(queue.remove(List.of("id2"))).isEqualTo(1);
            assertThat(queue.reconcile(() -> IntStream.range(0, 500).mapToObj(i -> QueueEntry.of("id" + i))))
                    .isEqualTo(new ReconcileResult.Reconciled(1, 100, 0, 499));
            assertThat(queue.details("id3")).isPresent();
            assertThat(queue.statistics().ids()).isEqualTo(500);

            RequestBudgets budgets = new RequestBudgets(redisson, prefix);
            BudgetRule rule = new BudgetRule(Duration.ofMinutes(1), 10, Duration.ofHours(1), 1);
            assertThat(budgets.acquire("account", rule, false)).isEqualTo(new BudgetDecision.Granted());
            assertThat(budgets.acquire("account", rule, false)).isInstanceOf(BudgetDecision.Denied.class);
            assertThat(budgets.states(List.of("account", "another"), rule))
                    .extracting(BudgetState::used)
                    .containsExactly(1, 0);
        }
        assertThat(nodes).allMatch(node -> !node.command("DBSIZE").equals(":0\r\n"));
    }

    @Test
    void aNodeThatIsDownTakesOnlyItsQueuesAlong() {
        String slot = nodes.get(0).command("CLUSTER", "KEYSLOT", "{one}:due");
        int number = Integer.parseInt(slot.substring(1).trim());
        TrackerQueue queue = new TrackerQueue(
                redisson,
                settings("one").toBuilder().callTimeout(Duration.ofSeconds(1)).build());
        assertThat(queue.initialiseIfEmpty(() -> IntStream.range(0, 10).mapToObj(i -> QueueEntry.of("id" + i))))
                .isTrue();
        RedisServer owner = nodes.get(Math.min(2, number * 3 / SLOTS));
        assertThat(owner.command("EXISTS", "{one}:due")).isEqualTo(":1\r\n");
        owner.kill();
        assertThatThrownBy(queue::statistics).isInstanceOf(QueueUnavailableException.class);
        owner.restart();
        await().atMost(Duration.ofSeconds(40))
                .ignoreExceptionsInstanceOf(QueueUnavailableException.class)
                .until(() ->
                        queue.initialiseIfEmpty(() -> IntStream.range(0, 10).mapToObj(i -> QueueEntry.of("id" + i))));
        assertThat(queue.statistics().ids()).isEqualTo(10);
    }
}
