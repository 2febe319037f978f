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
    private static final int WARM_UP = 3000;
    private static final int ROUNDS = 4000;
    private static final int WORKERS = 4;
    private static final WorkerId WORKER = new WorkerId("worker");

    /** An interval of a second and the highest priority: whatever is completed is due again after a millisecond. */
    private static final int PRIORITY = 1000;

    private static QueueSettings settings(String prefix) {
        return QueueSettings.defaults(prefix)
                .withInterval(Duration.ofSeconds(1))
                .withHeartbeatTimeout(Duration.ofMillis(100))
                .withCallTimeout(Duration.ofSeconds(60));
    }

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
            TrackerQueue few = new TrackerQueue(redisson, settings("few"));
            few.initialiseIfEmpty(entries(0, SMALL));

            long before = usedMemory(redis);
            TrackerQueue queue = new TrackerQueue(redisson, settings("many"));
            long start = System.nanoTime();
            assertThat(queue.initialiseIfEmpty(entries(0, LARGE))).isTrue();
            double fillSeconds = (System.nanoTime() - start) / 1e9;
            long bytesPerId = (usedMemory(redis) - before) / LARGE;

            // In turns, so that whatever else the machine does weighs on both.
            double[] small = new double[ROUNDS];
            double[] large = new double[ROUNDS];
            for (int i = -WARM_UP; i < ROUNDS; i++) {
                small[Math.max(0, i)] = round(few, WORKER);
                large[Math.max(0, i)] = round(queue, WORKER);
            }
            double perSecond = idsPerSecond(queue);
            long bytesPerWorkedId = (usedMemory(redis) - before) / LARGE;

            long scriptsBefore = scripts(redis);
            double cpuBefore = cpuSeconds(redis);
            start = System.nanoTime();
            assertThat(queue.reconcile(entries(1000, LARGE + 1000)))
                    .isEqualTo(new ReconcileResult.Reconciled(1000, 1000, 0, LARGE - 1000));
            double reconcileSeconds = (System.nanoTime() - start) / 1e9;
            double stepMillis = (cpuSeconds(redis) - cpuBefore) * 1000 / (scripts(redis) - scriptsBefore);
            long slow = slow(redis);
            long scripts = scripts(redis);

            double ratio = median(large) / median(small);
            System.out.printf(
                    Locale.ROOT,
                    "claim(64)+complete(64): %.2f ms at 1,000 ids, %.2f ms at 1,000,000 (median; ratio %.2f)%n"
                            + "claim and complete with one client and 4 workers at 1,000,000 ids: %,.0f ids/s%n"
                            + "filling 1,000,000 ids: %.1f s; reconciling them: %.1f s; processor time of Redis per step: %.2f ms; commands over 10 ms of the clock: %d of %d%n"
                            + "memory per id: %d bytes, after each was worked on: %d bytes%n",
                    median(small) / 1e6,
                    median(large) / 1e6,
                    ratio,
                    perSecond,
                    fillSeconds,
                    reconcileSeconds,
                    stepMillis,
                    slow,
                    scripts,
                    bytesPerId,
                    bytesPerWorkedId);
            assertThat(ratio).isLessThanOrEqualTo(1.5);
            assertThat(perSecond).isGreaterThanOrEqualTo(20_000);
            assertThat(fillSeconds).isLessThan(60);
            assertThat(bytesPerWorkedId).isLessThan(600);
            assertThat(stepMillis).isLessThan(5);
            // The clock goes on while a busy machine does something else; that is not the queue's fault.
            assertThat(slow).isLessThan(scripts / 100);
        } finally {
            if (redisson != null) {
                redisson.shutdown();
            }
        }
    }

    private static double idsPerSecond(TrackerQueue queue) {
        ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
        long start = System.nanoTime();
        CompletableFuture.allOf(IntStream.range(0, WORKERS)
                        .mapToObj(number -> CompletableFuture.runAsync(
                                () -> {
                                    for (int i = 0; i < ROUNDS; i++) {
                                        round(queue, new WorkerId("worker-" + number));
                                    }
                                },
                                threads))
                        .toArray(CompletableFuture[]::new))
                .join();
        threads.shutdown();
        return WORKERS * ROUNDS * AT_A_TIME / ((System.nanoTime() - start) / 1e9);
    }

    /** Nanoseconds of claiming and completing 64. */
    private static double round(TrackerQueue queue, WorkerId worker) {
        while (true) {
            long start = System.nanoTime();
            List<Lease> leases = queue.claim(worker, AT_A_TIME);
            List<Boolean> accepted = queue.complete(leases, Completion.FOUND);
            if (accepted.size() == AT_A_TIME) {
                return System.nanoTime() - start;
            }
        }
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

    private static double cpuSeconds(RedisProcess redis) {
        Matcher matcher = Pattern.compile("used_cpu_(?:sys|user):([0-9.]+)").matcher(redis.command("INFO", "cpu"));
        double seconds = 0;
        while (matcher.find()) {
            seconds += Double.parseDouble(matcher.group(1));
        }
        return seconds;
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
