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
    private static final int PASSES = 5;
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
    private static Supplier<Stream<QueueEntry>> entries(int ids) {
        return () -> IntStream.range(0, ids)
                .mapToObj(i -> new QueueEntry(String.format(Locale.ROOT, "tracker-%08d", i), PRIORITY));
    }

    @Test
    void claimAndCompleteAtAThousandAndAtAMillion() {
        RedissonClient redisson = null;
        try (RedisProcess redis = RedisProcess.started()) {
            redisson = RedisClients.connect(redis.url());
            TrackerQueue few = new TrackerQueue(redisson, settings("few"));
            few.initialiseIfEmpty(entries(SMALL));
            rounds(WARM_UP, few);
            double[] smallAlone = rounds(ROUNDS, few)[0];

            long before = usedMemory(redis);
            TrackerQueue many = new TrackerQueue(redisson, settings("many"));
            long start = System.nanoTime();
            assertThat(many.initialiseIfEmpty(entries(LARGE))).isTrue();
            double fillSeconds = (System.nanoTime() - start) / 1e9;
            rounds(WARM_UP, many);
            double[] largeAlone = rounds(ROUNDS, many)[0];
            // In turns, so that whatever else the machine does weighs on both.
            double[][] inTurns = rounds(ROUNDS, few, many);
            double[] perSecond = new double[PASSES];
            Arrays.setAll(perSecond, pass -> idsPerSecond(many));
            long bytesPerId = (usedMemory(redis) - before) / LARGE;

            double ratioAlone = median(largeAlone) / median(smallAlone);
            double ratioInTurns = median(inTurns[1]) / median(inTurns[0]);
            System.out.printf(
                    Locale.ROOT,
                    "claim(64)+complete(64), one after the other: %s at 1,000 ids, %s at 1,000,000; ratio %.2f%n"
                            + "claim(64)+complete(64), in turns: %s at 1,000 ids, %s at 1,000,000; ratio %.2f%n"
                            + "ids through claim and complete at 1,000,000: %s/s%n"
                            + "filling 1,000,000 ids: %.1f s; memory for each, worked on: %d bytes%n",
                    spread(smallAlone),
                    spread(largeAlone),
                    ratioAlone,
                    spread(inTurns[0]),
                    spread(inTurns[1]),
                    ratioInTurns,
                    Arrays.stream(perSecond).mapToLong(Math::round).boxed().toList(),
                    fillSeconds,
                    bytesPerId);
            assertThat(ratioAlone).isLessThanOrEqualTo(1.5);
            assertThat(ratioInTurns).isLessThanOrEqualTo(1.5);
            assertThat(median(perSecond)).isGreaterThanOrEqualTo(20_000);
            assertThat(fillSeconds).isLessThan(60);
            assertThat(bytesPerId).isLessThan(600);
        } finally {
            if (redisson != null) {
                redisson.shutdown();
            }
        }
    }

    /** Nanoseconds of each round of each queue, one round of each in turn. */
    private static double[][] rounds(int rounds, TrackerQueue... queues) {
        double[][] nanos = new double[queues.length][rounds];
        for (int i = 0; i < rounds; i++) {
            for (int queue = 0; queue < queues.length; queue++) {
                nanos[queue][i] = round(queues[queue], WORKER);
            }
        }
        return nanos;
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
        return quantile(values, 0.5);
    }

    private static double quantile(double[] values, double part) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) (sorted.length * part)];
    }

    private static String spread(double[] nanos) {
        return String.format(
                Locale.ROOT,
                "%.2f ms (half of them %.2f to %.2f, 99 of 100 under %.2f)",
                median(nanos) / 1e6,
                quantile(nanos, 0.25) / 1e6,
                quantile(nanos, 0.75) / 1e6,
                quantile(nanos, 0.99) / 1e6);
    }

    private static long usedMemory(RedisProcess redis) {
        return redis.number("used_memory:(\\d+)", "INFO", "memory");
    }
}
