package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.trackerreports.testsupport.RedisServer;

/** A Redis that stops, returns, loses its data or hangs. In real time. */
class OutageTest {

    private static final WorkerId ANNE = new WorkerId("anne");
    private static final WorkerId BERT = new WorkerId("bert");
    private static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(3);
    private static final Supplier<Stream<QueueEntry>> TWENTY =
            () -> IntStream.range(0, 20).mapToObj(i -> QueueEntry.of("id" + i));

    private final QueueSettings settings = QueueSettings.builder("test")
            .interval(Duration.ofSeconds(1))
            .lease(Duration.ofSeconds(60))
            .heartbeatTimeout(HEARTBEAT_TIMEOUT)
            .callTimeout(Duration.ofMillis(400))
            .build();
    private final TestRedis testRedis = new TestRedis();
    private final RedisServer redis = testRedis.server;
    private final RedissonClient ofAnne = testRedis.client();
    private final RedissonClient ofBert = testRedis.client();
    private final TrackerQueue anne = new TrackerQueue(ofAnne, settings);
    private final TrackerQueue bert = new TrackerQueue(ofBert, settings);

    @BeforeEach
    void fill() {
        // The clients connect with the first call, which may take longer than a call may.
        TestRedis.awaitDespiteOutage(
                Duration.ofSeconds(20),
                () -> anne.statistics().ids() + bert.statistics().ids() == 0);
        assertThat(anne.initialiseIfEmpty(TWENTY)).isTrue();
        await().until(() -> anne.statistics().due() == 20);
    }

    @AfterEach
    void stop() {
        testRedis.close();
    }

    private void restartEmpty() {
        redis.kill();
        redis.restart();
    }

    /** Both instances keep the queue going until another claim can return something. */
    private List<Lease> claimAfterRebuilding(Set<String> mustNotBeClaimed) {
        List<Lease> claimed = new ArrayList<>();
        TestRedis.awaitDespiteOutage(Duration.ofSeconds(20), () -> {
            anne.heartbeat(ANNE);
            bert.initialiseIfEmpty(TWENTY);
            bert.reclaim();
            claimed.addAll(bert.claim(BERT, 20));
            return claimed.size() >= 20 - mustNotBeClaimed.size();
        });
        assertThat(claimed.stream().map(Lease::id)).doesNotContainAnyElementsOf(mustNotBeClaimed);
        return claimed;
    }

    private static Set<String> ids(List<Lease> leases) {
        Set<String> ids = new HashSet<>();
        leases.forEach(lease -> ids.add(lease.id()));
        return ids;
    }

    @Test
    void afterFlushAllTheQueueIsRebuiltAndLeasesOfLivingWorkersHold() {
        List<Lease> leases = anne.claim(ANNE, 5);
        redis.command("FLUSHALL");
        List<Lease> others = claimAfterRebuilding(ids(leases));
        assertThat(anne.complete(leases, Completion.FOUND)).containsOnly(true);
        assertThat(bert.complete(others, Completion.FOUND)).containsOnly(true);
        assertThat(anne.statistics().ids()).isEqualTo(20);
        assertThat(anne.statistics().waiting()).isEqualTo(20);
        assertThat(anne.complete(leases, Completion.FOUND)).containsOnly(false);
    }

    @Test
    void afterARestartWithoutPersistenceTheQueueIsRebuiltAndLeasesOfLivingWorkersHold() {
        List<Lease> leases = anne.claim(ANNE, 5);
        restartEmpty();
        List<Lease> others = claimAfterRebuilding(ids(leases));
        assertThat(others).allMatch(lease -> lease.token() > leases.get(0).token());
        assertThat(anne.complete(leases, Completion.FOUND)).containsOnly(true);
        assertThat(bert.complete(others, Completion.FOUND)).containsOnly(true);
        assertThat(anne.statistics().waiting()).isEqualTo(20);
    }

    @Test
    void workThatEndsBeforeTheRebuildingIsNotLost() {
        List<Lease> leases = anne.claim(ANNE, 5);
        redis.command("FLUSHALL");
        assertThat(anne.complete(leases.subList(0, 2), Completion.FOUND)).containsOnly(true);
        assertThat(anne.release(leases.subList(2, 5))).containsOnly(true);
        assertThat(bert.initialiseIfEmpty(TWENTY)).isTrue();
        assertThat(anne.details(leases.get(0).id()).orElseThrow().successes()).isEqualTo(1);
        assertThat(anne.statistics().ids()).isEqualTo(20);
        assertThat(anne.statistics().waiting()).isEqualTo(20);
    }

    @Test
    void leasesOfADeadWorkerAreHandedOutAgainAfterMemoryWasLost() {
        List<Lease> leases = anne.claim(ANNE, 5);
        redis.command("FLUSHALL");
        Set<String> seen = new HashSet<>();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            bert.initialiseIfEmpty(TWENTY);
            bert.claim(BERT, 20).forEach(lease -> seen.add(lease.id()));
            return seen.size() == 20;
        });
        assertThat(anne.complete(leases, Completion.FOUND))
                .as("another has the ids by now")
                .containsOnly(false);
        anne.heartbeat(ANNE);
        assertThat(bert.statistics().leased()).isEqualTo(20);
        assertThat(bert.details(leases.get(0).id()).orElseThrow().worker()).contains(BERT);
    }

    @Test
    void duringAnOutageEachCallFailsWithOneException() {
        Lease lease = anne.claim(ANNE, 1).get(0);
        RequestBudgets budgets = new RequestBudgets(ofAnne, "test", settings.callTimeout(), QueueListener.NONE);
        BudgetRule rule = new BudgetRule(Duration.ZERO, 10, Duration.ofHours(1), 0);
        assertThat(budgets.acquire("account", rule, false)).isEqualTo(new BudgetDecision.Granted());
        redis.kill();
        for (Runnable call : Calls.all(anne, lease, TWENTY, budgets, rule)) {
            assertThatThrownBy(call::run)
                    .isInstanceOf(QueueUnavailableException.class)
                    .hasMessageContaining("Check that Redis runs");
        }
        redis.restart();
        TestRedis.awaitDespiteOutage(Duration.ofSeconds(20), () -> anne.initialiseIfEmpty(TWENTY));
        assertThat(budgets.state("account", rule).used())
                .as("only what was granted before; nothing was sent later")
                .isOne();
    }

    @Test
    void aHangingRedisIsGivenUpAndNothingIsLostWhenItGoesOn() {
        List<Lease> leases = anne.claim(ANNE, 5);
        redis.command("CLIENT", "PAUSE", "2500", "ALL");
        assertThatThrownBy(() -> bert.claim(BERT, 10)).isInstanceOf(QueueUnavailableException.class);
        Set<String> seen = new HashSet<>(ids(leases));
        TestRedis.awaitDespiteOutage(Duration.ofSeconds(30), () -> {
            anne.heartbeat(ANNE);
            bert.heartbeat(BERT);
            anne.reclaim();
            bert.claim(BERT, 20)
                    .forEach(lease -> assertThat(seen.add(lease.id())).isTrue());
            return seen.size() == 20;
        });
    }

    @Test
    void aClaimWhoseAnswerWasLostIsGivenBackWhileTheWorkerLives() {
        List<Lease> known = anne.claim(ANNE, 5);
        // What a claim leaves behind whose answer never came: leases of this worker that only Redis knows of.
        List<Lease> unknown = new TrackerQueue(ofBert, settings).claim(ANNE, 5);
        redis.command("CLIENT", "PAUSE", "800", "ALL");
        assertThatThrownBy(() -> anne.claim(ANNE, 1)).isInstanceOf(QueueUnavailableException.class);
        TestRedis.awaitDespiteOutage(Duration.ofSeconds(20), () -> {
            anne.heartbeat(ANNE);
            return anne.statistics().leased() == 5;
        });
        assertThat(bert.extend(unknown)).containsOnly(false);
        assertThat(anne.complete(known, Completion.FOUND)).containsOnly(true);
        assertThat(anne.statistics().counters()).doesNotContainKey("reclaimedFromWorker");
    }

    @Test
    void aRedisThatComesBackWithAnOlderMemoryHandsNothingOutTwice() {
        List<Lease> early = anne.claim(ANNE, 3);
        assertThat(redis.command("SAVE")).startsWith("+OK");
        assertThat(anne.complete(early, Completion.FOUND)).containsOnly(true);
        List<Lease> forgotten = anne.claim(ANNE, 5);
        redis.kill();
        redis.restart();
        List<Lease> others = claimAfterRebuilding(ids(forgotten));
        assertThat(anne.complete(forgotten, Completion.FOUND)).containsOnly(true);
        assertThat(bert.complete(others, Completion.FOUND)).containsOnly(true);
        assertThat(anne.statistics().ids()).isEqualTo(20);
        assertThat(anne.statistics().waiting()).isEqualTo(20);
    }

    @Test
    void scriptsAreLoadedAgainAfterScriptFlush() {
        for (int i = 0; i < 20; i++) {
            redis.command("SCRIPT", "FLUSH");
            List<Lease> leases = anne.claim(ANNE, 1);
            redis.command("SCRIPT", "FLUSH");
            assertThat(leases).hasSize(1);
            assertThat(anne.complete(leases, Completion.FOUND)).containsExactly(true);
        }
        assertThat(anne.statistics().counters()).containsEntry("claimed", 20L).containsEntry("found", 20L);
    }
}
