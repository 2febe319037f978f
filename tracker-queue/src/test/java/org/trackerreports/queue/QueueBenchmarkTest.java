package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
                RedisProcess.started("--slowlog-log-slower-than", "2000", "--slowlog-max-len", "5000")) {
            redisson = RedisClients.connect(redis.url());
            TrackerQueue queue = new TrackerQueue(redisson, SETTINGS);
            queue.initialiseIfEmpty(entries(0, SMALL));
            rounds(queue, 10_000);
            double[] small = rounds(queue, 4000);
            redis.command("FLUSHALL");

            long before = usedMemory(redis);
            long start = System.nanoTime();
            assertThat(queue.initialiseIfEmpty(entries(0, LARGE))).isTrue();
            double fillSeconds = (System.nanoTime() - start) / 1e9;
            long bytesPerId = (usedMemory(redis) - before) / LARGE;
            rounds(queue, 1000);
            double[] large = rounds(queue, 16_000);
            long bytesPerWorkedId = (usedMemory(redis) - before) / LARGE;

            start = System.nanoTime();
            assertThat(queue.reconcile(entries(1000, LARGE + 1000).get()))
                    .isEqualTo(new ReconcileResult.Reconciled(1000, 1000, 0, LARGE - 1000));
            double reconcileSeconds = (System.nanoTime() - start) / 1e9;
            double slowest = slowestMillis(redis);

            double ratio = median(large) / median(small);
            double perSecond = AT_A_TIME / (Arrays.stream(large).average().orElseThrow() / 1e9);
            System.out.printf(
                    Locale.ROOT,
                    "claim(64)+complete(64): %.2f ms at 1,000 ids, %.2f ms at 1,000,000 (median; ratio %.2f)%n"
                            + "claim and complete with one client at 1,000,000 ids: %,.0f ids/s%n"
                            + "filling 1,000,000 ids: %.1f s; reconciling them: %.1f s; slowest single command: %.1f ms%n"
                            + "memory per id: %d bytes, after each was worked on: %d bytes%n",
                    median(small) / 1e6,
                    median(large) / 1e6,
                    ratio,
                    perSecond,
                    fillSeconds,
                    reconcileSeconds,
                    slowest,
                    bytesPerId,
                    bytesPerWorkedId);
            assertThat(ratio).isLessThanOrEqualTo(1.5);
            assertThat(perSecond).isGreaterThanOrEqualTo(20_000);
            assertThat(fillSeconds).isLessThan(60);
            assertThat(bytesPerWorkedId).isLessThan(600);
            assertThat(slowest).isLessThan(10);
        } finally {
            if (redisson != null) {
                redisson.shutdown();
            }
        }
    }

    /** Nanoseconds of each round of claiming and completing 64. */
    private static double[] rounds(TrackerQueue queue, int rounds) {
        double[] nanos = new double[rounds];
        for (int i = 0; i < rounds; ) {
            long start = System.nanoTime();
            List<Lease> leases = queue.claim(WORKER, AT_A_TIME);
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
        Matcher matcher = Pattern.compile("used_memory:(\\d+)").matcher(redis.command("INFO", "memory"));
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    /** The slowest command that the slow log holds, in milliseconds; what is below 2 ms is not in it. */
    private static double slowestMillis(RedisProcess redis) {
        // Each entry begins with its number, the time and the microseconds: *6 :number :time :micros *words …
        Matcher entries = Pattern.compile("\\*6\\r\\n:\\d+\\r\\n:\\d+\\r\\n:(\\d+)\\r\\n")
                .matcher(redis.command("SLOWLOG", "GET", "30"));
        double slowest = 0;
        while (entries.find()) {
            slowest = Math.max(slowest, Long.parseLong(entries.group(1)) / 1000.0);
        }
        return slowest;
    }
}
