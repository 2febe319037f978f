package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;

/** The queue's speed and size at 1,000 and at 1,000,000 ids. Prints its figures; fails when the queue misses its aims. */
@Tag("long")
class QueueBenchmarkTest {

    private static final int SMALL = 1000;
    private static final int LARGE = 1_000_000;
    private static final int AT_A_TIME = 64;
    private static final int WORKERS = 4;
    private static final WorkerId WORKER = new WorkerId("worker");

    /** An interval of a second and the highest priority: whatever is completed is due again after a millisecond. */
    private static final int PRIORITY = 1000;

    private static final QueueSettings SETTINGS = QueueSettings.defaults("bench")
            .withInterval(Duration.ofSeconds(1))
            .withHeartbeatTimeout(Duration.ofMillis(100))
            .withCallTimeout(Duration.ofSeconds(60));

    /** Ids as long as a tracker's number or a short name. */
    private static Supplier<Stream<QueueEntry>> entries(int from, int to) {
        return () -> IntStream.range(from, to)
                .mapToObj(i -> new QueueEntry(String.format(Locale.ROOT, "tracker-%08d", i), PRIORITY));
    }

    @Test
    void claimAndCompleteAtAThousandAndAtAMillion() {
        RedissonClient redisson = null;
        try (RedisProcess redis =
                RedisProcess.started("--slowlog-log-slower-than", "10000", "--slowlog-max-len", "100000")) {
            redisson = RedisClients.connect(redis.url());
            TrackerQueue queue = new TrackerQueue(redisson, SETTINGS);
            queue.initialiseIfEmpty(entries(0, SMALL));
            rounds(queue, WORKER, 10_000);
            double[] small = rounds(queue, WORKER, 4000);
            redis.command("FLUSHALL");

            long before = usedMemory(redis);
            long start = System.nanoTime();
            assertThat(queue.initialiseIfEmpty(entries(0, LARGE))).isTrue();
            double fillSeconds = (System.nanoTime() - start) / 1e9;
            long bytesPerId = (usedMemory(redis) - before) / LARGE;
            rounds(queue, WORKER, 1000);
            double[] large = rounds(queue, WORKER, 10_000);
            double perSecond = idsPerSecond(queue);
            long bytesPerWorkedId = (usedMemory(redis) - before) / LARGE;

            start = System.nanoTime();
            assertThat(queue.reconcile(entries(1000, LARGE + 1000).get()))
                    .isEqualTo(new ReconcileResult.Reconciled(1000, 1000, 0, LARGE - 1000));
            double reconcileSeconds = (System.nanoTime() - start) / 1e9;
            long slow = slow(redis);
            long scripts = scripts(redis);

            double ratio = median(large) / median(small);
            System.out.printf(
                    Locale.ROOT,
                    "claim(64)+complete(64): %.2f ms at 1,000 ids, %.2f ms at 1,000,000 (median; ratio %.2f)%n"
                            + "claim and complete with one client and 4 workers at 1,000,000 ids: %,.0f ids/s%n"
                            + "filling 1,000,000 ids: %.1f s; reconciling them: %.1f s; commands over 10 ms: %d of %d%n"
                            + "memory per id: %d bytes, after each was worked on: %d bytes%n",
                    median(small) / 1e6,
                    median(large) / 1e6,
                    ratio,
                    perSecond,
                    fillSeconds,
                    reconcileSeconds,
                    slow,
                    scripts,
                    bytesPerId,
                    bytesPerWorkedId);
            assertThat(ratio).isLessThanOrEqualTo(1.5);
            assertThat(perSecond).isGreaterThanOrEqualTo(20_000);
            assertThat(fillSeconds).isLessThan(60);
            assertThat(bytesPerWorkedId).isLessThan(600);
            // The clock goes on while the machine does something else, so a few are not the queue's fault.
            assertThat(slow).isLessThan(scripts / 1000);
        } finally {
            if (redisson != null) {
                redisson.shutdown();
            }
        }
    }

    private static double idsPerSecond(TrackerQueue queue) {
        int roundsEach = 4000;
        ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
        long start = System.nanoTime();
        CompletableFuture.allOf(IntStream.range(0, WORKERS)
                        .mapToObj(i -> CompletableFuture.runAsync(
                                () -> rounds(queue, new WorkerId("worker-" + i), roundsEach), threads))
                        .toArray(CompletableFuture[]::new))
                .join();
        threads.shutdown();
        return WORKERS * roundsEach * AT_A_TIME / ((System.nanoTime() - start) / 1e9);
    }

    /** Nanoseconds of each round of claiming and completing 64. */
    private static double[] rounds(TrackerQueue queue, WorkerId worker, int rounds) {
        double[] nanos = new double[rounds];
        for (int i = 0; i < rounds; ) {
            long start = System.nanoTime();
            List<Lease> leases = queue.claim(worker, AT_A_TIME);
            List<Boolean> accepted = queue.complete(leases, Completion.FOUND);
            if (accepted.size() == AT_A_TIME) {
                nanos[i++] = System.nanoTime() - start;
            }
        }
        return nanos;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static long usedMemory(RedisProcess redis) {
        return number(redis.command("INFO", "memory"), "used_memory:(\\d+)");
    }

    /** Number of all scripts that ran. */
    private static long scripts(RedisProcess redis) {
        return number(redis.command("INFO", "commandstats"), "cmdstat_evalsha:calls=(\\d+)");
    }

    /** Number of commands that took longer than 10 ms of the clock, also if the machine was busy with others. */
    private static long slow(RedisProcess redis) {
        return number(redis.command("SLOWLOG", "LEN"), ":(\\d+)");
    }

    private static long number(String reply, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(reply);
        assertThat(matcher.find()).as(reply).isTrue();
        return Long.parseLong(matcher.group(1));
    }
}
