package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.redisson.api.RedissonClient;
import org.trackerreports.testsupport.RedisServer;

/** One queue on a Redis of its own, with a time that moves only when told to. */
abstract class QueueFixture {

    static final Duration INTERVAL = Duration.ofMinutes(30);
    static final Duration LEASE = Duration.ofMinutes(10);
    static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(30);
    static final WorkerId ANNE = new WorkerId("anne");
    static final WorkerId BERT = new WorkerId("bert");

    static RedisServer redis;
    static RedissonClient redisson;

    final QueueSettings settings = QueueSettings.builder("test")
            .interval(INTERVAL)
            .lease(LEASE)
            .heartbeatTimeout(HEARTBEAT_TIMEOUT)
            .afterFailure(new BackOff(2, Duration.ofHours(4), 0))
            .build();
    MovableTime time;
    TrackerQueue queue;

    @BeforeAll
    static void startRedis() {
        redis = RedisServer.start();
        redisson = TestRedisson.connect(redis.url());
    }

    @AfterAll
    static void stopRedis() {
        redisson.shutdown();
        redis.close();
    }

    @BeforeEach
    void emptyRedis() {
        redis.command("FLUSHALL");
        time = new MovableTime(redisson);
        queue = queue(settings);
    }

    TrackerQueue queue(QueueSettings with) {
        return new TrackerQueue(
                with, new Random(1), new Scripts(redisson, with.callTimeout(), QueueListener.NONE, MovableTime.LUA));
    }

    void fill(String... ids) {
        assertThat(queue.initialiseIfEmpty(() -> Stream.of(ids).map(QueueEntry::of)))
                .isTrue();
        time.pass(HEARTBEAT_TIMEOUT);
    }

    void fillAndWait(String... ids) {
        fill(ids);
        time.pass(INTERVAL);
    }

    static List<String> ids(List<Lease> leases) {
        return leases.stream().map(Lease::id).toList();
    }

    Lease claimOne(WorkerId worker) {
        List<Lease> leases = queue.claim(worker, 1);
        assertThat(leases).hasSize(1);
        return leases.get(0);
    }
}
