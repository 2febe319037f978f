package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.trackerreports.testsupport.RedisServer;

/** Eight claimers on four instances, each with a client of its own. */
class ConcurrencyTest {

    private static final int INSTANCES = 4;
    private static final int CLAIMERS = 8;
    private static final int IDS = 2000;
    private static final int OPERATIONS = 100_000;

    private final AtomicIntegerArray atWork = new AtomicIntegerArray(IDS);
    private final AtomicLong operations = new AtomicLong();

    @Test
    void noIdIsClaimedTwiceAtOnceAndNoneIsLost() throws Exception {
        QueueSettings settings = QueueSettings.builder("busy")
                .interval(Duration.ofSeconds(1))
                .heartbeatTimeout(Duration.ofSeconds(4))
                .afterFailure(new BackOff(1.5, Duration.ofSeconds(2), 0.3))
                .afterOtherFault(Duration.ZERO)
                .callTimeout(Duration.ofSeconds(30))
                .build();
        List<RedissonClient> clients = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(CLAIMERS);
        try (RedisServer redis = RedisServer.start()) {
            List<TrackerQueue> instances = new ArrayList<>();
            for (int i = 0; i < INSTANCES; i++) {
                clients.add(TestRedisson.connect(redis.url()));
                instances.add(new TrackerQueue(clients.get(i), settings));
            }
            assertThat(instances
                            .get(0)
                            .initialiseIfEmpty(
                                    () -> IntStream.range(0, IDS).mapToObj(i -> QueueEntry.of(String.valueOf(i)))))
                    .isTrue();
            List<Future<?>> claimers = new ArrayList<>();
            for (int i = 0; i < CLAIMERS; i++) {
                WorkerId worker = new WorkerId("claimer-" + i);
                TrackerQueue queue = instances.get(i % INSTANCES);
                Random random = new Random(i);
                claimers.add(threads.submit(() -> work(queue, worker, random)));
            }
            for (Future<?> claimer : claimers) {
                claimer.get(5, TimeUnit.MINUTES);
            }
            QueueStatistics end = instances.get(0).statistics();
            assertThat(operations.get()).isGreaterThanOrEqualTo(OPERATIONS);
            assertThat(end.ids()).isEqualTo(IDS);
            assertThat(end.waiting()).isEqualTo(IDS);
            assertThat(end.leased()).isZero();
            assertThat(end.counters()).doesNotContainKeys("refused", "reclaimedFromLease", "reclaimedFromWorker");
            assertThat(end.counters().get("claimed")).isEqualTo(operations.get());
            assertThat(redis.command("ZCARD", "{busy}:held")).isEqualTo(":0\r\n");
        } finally {
            threads.shutdownNow();
            clients.forEach(RedissonClient::shutdown);
        }
    }

    private void work(TrackerQueue queue, WorkerId worker, Random random) {
        while (operations.get() < OPERATIONS) {
            List<Lease> leases = queue.claim(worker, 1 + random.nextInt(64));
            operations.addAndGet(leases.size());
            for (Lease lease : leases) {
                assertThat(atWork.getAndIncrement(Integer.parseInt(lease.id())))
                        .as("others at work on %s", lease.id())
                        .isZero();
            }
            queue.reclaim();
            if (random.nextInt(4) == 0) {
                assertThat(queue.extend(leases)).doesNotContain(false);
            }
            leases.forEach(lease -> atWork.decrementAndGet(Integer.parseInt(lease.id())));
            List<Boolean> accepted = switch (random.nextInt(10)) {
                case 0 -> queue.complete(leases, Completion.FOUND);
                case 1 -> queue.fail(leases, "failed", Fault.TRACKER);
                case 2 -> queue.complete(leases, Completion.NOTHING_FOUND);
                case 3, 4 -> queue.release(leases);
                default -> queue.fail(leases, "try again", Fault.NOT_THE_TRACKER);
            };
            assertThat(accepted).doesNotContain(false);
        }
    }
}
