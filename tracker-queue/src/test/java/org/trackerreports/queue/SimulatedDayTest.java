package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.trackerreports.testsupport.RedisServer;

/** A day with 10,000 ids, three workers and failures that hit some more than others, in a minute of real time. */
class SimulatedDayTest {

    private static final int IDS = 10_000;
    private static final Duration INTERVAL = Duration.ofHours(2);
    private static final Duration LONGEST_BACK_OFF = Duration.ofHours(8);
    private static final Duration STEP = Duration.ofMinutes(1);
    private static final int AT_A_TIME = 64;

    private RedisServer redis;
    private RedissonClient redisson;
    private MovableTime time;
    private TrackerQueue queue;
    private final Random random = new Random(20261101);
    private final Map<String, Instant> lastTurn = new HashMap<>();
    private final Map<String, Duration> longestWait = new HashMap<>();

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        redisson = TestRedisson.connect(redis.url());
        time = new MovableTime(redisson);
        QueueSettings settings = QueueSettings.builder("day")
                .interval(INTERVAL)
                .afterFailure(new BackOff(2, LONGEST_BACK_OFF, 0.2))
                .callTimeout(Duration.ofSeconds(30))
                .build();
        queue = new TrackerQueue(
                settings,
                new Random(7),
                new Scripts(redisson, settings.callTimeout(), QueueListener.NONE, MovableTime.LUA));
        queue.initialiseIfEmpty(() -> IntStream.range(0, IDS).mapToObj(i -> QueueEntry.of("id" + i)));
        time.pass(settings.heartbeatTimeout());
        for (int i = 0; i < IDS; i++) {
            lastTurn.put("id" + i, time.now());
        }
    }

    @AfterEach
    void stop() {
        redisson.shutdown();
        redis.close();
    }

    /** One in ten always fails, one in ten fails half of the time, the others once in fifty times. */
    private boolean fails(String id) {
        int kind = Integer.parseInt(id.substring(2)) % 10;
        return random.nextDouble() < (kind == 0 ? 1 : kind == 1 ? 0.5 : 0.02);
    }

    private static boolean isSteady(String id) {
        return Integer.parseInt(id.substring(2)) % 10 > 1;
    }

    private void liveThroughADay(int claimsPerStep) {
        List<WorkerId> workers = List.of(new WorkerId("one"), new WorkerId("two"), new WorkerId("three"));
        Instant end = time.now().plus(Duration.ofDays(1));
        for (int step = 0; time.now().isBefore(end); step++) {
            Instant now = time.now();
            for (int claim = 0; claim < claimsPerStep; claim++) {
                WorkerId worker = workers.get((step + claim) % workers.size());
                // The first worker's process dies once, with what it holds.
                boolean dies = step == 300 && claim == 0;
                List<Lease> leases = queue.claim(worker, AT_A_TIME);
                assertThat(leases).isSortedAccordingTo(Comparator.comparing(Lease::due));
                assertNobodyWasOvertaken(leases);
                if (!dies) {
                    work(leases, now);
                }
            }
            time.pass(STEP);
            workers.forEach(queue::heartbeat);
            queue.reclaim();
        }
        lastTurn.forEach((id, turn) -> longestWait.merge(
                id, Duration.between(turn, time.now()), (one, other) -> one.compareTo(other) > 0 ? one : other));
    }

    private void assertNobodyWasOvertaken(List<Lease> leases) {
        if (leases.isEmpty()) {
            return;
        }
        Instant latest = leases.get(leases.size() - 1).due();
        Optional<QueueStatistics.Overdue> next = queue.oldestOverdue();
        next.ifPresent(waiting -> assertThat(waiting.since()).isAfterOrEqualTo(latest));
    }

    private void work(List<Lease> leases, Instant now) {
        List<Lease> good = new ArrayList<>();
        List<Lease> bad = new ArrayList<>();
        for (Lease lease : leases) {
            longestWait.merge(
                    lease.id(),
                    Duration.between(lastTurn.put(lease.id(), now), now),
                    (one, other) -> one.compareTo(other) > 0 ? one : other);
            (fails(lease.id()) ? bad : good).add(lease);
        }
        assertThat(queue.complete(good, Completion.FOUND)).doesNotContain(false);
        assertThat(queue.fail(bad, "failed", Fault.TRACKER)).doesNotContain(false);
    }

    private Duration longest(boolean steady) {
        return longestWait.entrySet().stream()
                .filter(entry -> isSteady(entry.getKey()) == steady)
                .map(Map.Entry::getValue)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    @Test
    void nobodyStarvesWithWorkersToSpare() {
        liveThroughADay(2);
        // Seldom failures: twice in a row, once in 2,500 turns, is a wait of 8 hours.
        assertThat(longest(true)).isLessThanOrEqualTo(LONGEST_BACK_OFF.plus(Duration.ofMinutes(15)));
        assertThat(longest(false)).isLessThanOrEqualTo(LONGEST_BACK_OFF.plus(Duration.ofMinutes(15)));
        assertThat(queue.oldestOverdue().map(QueueStatistics.Overdue::by).orElse(Duration.ZERO))
                .isLessThanOrEqualTo(Duration.ofMinutes(5));
        assertThat(lastTurn.values()).allMatch(turn -> turn.isAfter(time.now().minus(Duration.ofHours(9))));
    }

    @Test
    void nobodyStarvesWhenTheWorkIsTooMuch() {
        // Once a minute 64 ids: 10,000 take 156 minutes, more than the interval, so all are late; none much later than
        // others.
        liveThroughADay(1);
        Duration round = STEP.multipliedBy(IDS / AT_A_TIME + 1);
        assertThat(longest(true)).isLessThanOrEqualTo(LONGEST_BACK_OFF.plus(round));
        assertThat(longest(false)).isLessThanOrEqualTo(LONGEST_BACK_OFF.plus(round));
        assertThat(longestWait).hasSize(IDS);
        assertThat(queue.statistics().ids()).isEqualTo(IDS);
    }
}
