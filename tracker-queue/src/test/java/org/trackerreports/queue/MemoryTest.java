package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.trackerreports.testsupport.RedisServer;

/** How much of Redis' memory a million ids take, each of them worked on. */
@Tag("long")
class MemoryTest {

    private static final int IDS = 1_000_000;
    private static final int AT_A_TIME = 256;
    private static final WorkerId WORKER = new WorkerId("worker");

    @Test
    void anIdTakesLessThanSixHundredBytes() {
        RedissonClient redisson = null;
        try (RedisServer redis = RedisServer.start()) {
            redisson = RedisClients.connect(redis.url());
            TrackerQueue queue = new TrackerQueue(
                    redisson,
                    QueueSettings.builder("many")
                            .interval(Duration.ofSeconds(1))
                            .heartbeatTimeout(Duration.ofMillis(100))
                            .callTimeout(Duration.ofSeconds(60))
                            .build());
            long before = usedMemory(redis);
            // RedisNames as long as a tracker's number or a short name.
            queue.initialiseIfEmpty(() -> IntStream.range(0, IDS)
                    .mapToObj(id -> QueueEntry.of(String.format(Locale.ROOT, "tracker-%08d", id))));
            workOnAll(queue);
            long bytes = (usedMemory(redis) - before) / IDS;
            System.out.printf("%d bytes for each of %,d ids%n", bytes, IDS);
            assertThat(bytes).isLessThan(600);
        } finally {
            if (redisson != null) {
                redisson.shutdown();
            }
        }
    }

    private static void workOnAll(TrackerQueue queue) {
        long worked = 0;
        while (worked < IDS) {
            List<Lease> leases = queue.claim(WORKER, AT_A_TIME);
            queue.complete(leases, Completion.FOUND);
            worked += leases.size();
        }
    }

    private static long usedMemory(RedisServer redis) {
        return redis.number("used_memory:(\\d+)", "INFO", "memory");
    }
}
