package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.trackerreports.testsupport.JavaCommand;
import org.trackerreports.testsupport.RedisServer;
import org.trackerreports.testsupport.TestProcess;

/** Worker processes that are killed, or stopped for a while, in the middle of their work. */
class KilledWorkersTest {

    private static final int IDS = 200;
    private static final int AT_A_TIME = 10;
    private static final int ALIVE = 2;

    /** Accepted completions by id. */
    private final Map<String, AtomicInteger> done = new ConcurrentHashMap<>();

    /** All leases seen, as id and token: none may be seen twice. */
    private final Map<String, Boolean> seen = new ConcurrentHashMap<>();

    private final AtomicInteger seenTwice = new AtomicInteger();

    private final class Worker {
        final TestProcess process;
        final AtomicInteger working = new AtomicInteger();

        Worker(String url, int number) {
            List<String> command = JavaCommand.ofClass(
                    List.of("-XX:TieredStopAtLevel=1", "-Xmx128m"),
                    WorkerProcess.class,
                    url,
                    "worker-" + number,
                    String.valueOf(AT_A_TIME));
            process = TestProcess.start(new ProcessBuilder(command).redirectErrorStream(true));
            Thread reader = new Thread(this::read, "reader-" + number);
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.output(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String[] words = line.split(" ");
                    if (words[0].equals("working") && words.length == 3) {
                        working.incrementAndGet();
                        if (seen.put(words[1] + " " + words[2], true) != null) {
                            seenTwice.incrementAndGet();
                        }
                    } else if (words[0].equals("done") && words.length == 3) {
                        done.computeIfAbsent(words[1], id -> new AtomicInteger())
                                .incrementAndGet();
                    }
                }
            } catch (IOException e) {
                // The process was killed while its output was read.
            }
        }

        /** Kills as soon as so many more ids were begun, which is in the middle of some batch. */
        void killAfter(int ids) {
            int before = working.get();
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> working.get() >= before + ids);
            process.kill();
        }
    }

    @Test
    void nothingIsLostWhenFiveWorkersAreKilled() {
        kill(5);
    }

    @Test
    @Tag("long")
    void nothingIsLostWhenFiftyWorkersAreKilled() {
        kill(50);
    }

    @Test
    void aProcessThatStoodStillCanChangeNothingWhenItGoesOn() {
        RedissonClient redisson = null;
        Worker frozen = null;
        try (RedisServer redis = RedisServer.start()) {
            redisson = TestRedisson.connect(redis.url());
            TrackerQueue queue = new TrackerQueue(redisson, WorkerProcess.settings());
            queue.initialiseIfEmpty(() -> IntStream.range(0, IDS).mapToObj(i -> QueueEntry.of("id" + i)));
            Worker worker = new Worker(redis.url(), 1);
            frozen = worker;
            await().atMost(Duration.ofSeconds(60)).until(() -> worker.working.get() > AT_A_TIME);
            do {
                worker.process.signal("CONT");
                worker.process.signal("STOP");
            } while (queue.statistics().leased() == 0);

            WorkerId other = new WorkerId("other");
            Map<String, Lease> ofOther = new HashMap<>();
            await().atMost(WorkerProcess.LEASE.dividedBy(2)).until(() -> {
                queue.heartbeat(other);
                queue.reclaim();
                queue.claim(other, TrackerQueue.MAX_PER_CLAIM).forEach(lease -> ofOther.put(lease.id(), lease));
                return ofOther.size() == IDS;
            });
            worker.process.signal("CONT");
            await().until(() -> {
                queue.heartbeat(other);
                return queue.statistics().counters().containsKey("refused");
            });
            assertThat(queue.complete(List.copyOf(ofOther.values()), Completion.FOUND))
                    .doesNotContain(false);
        } finally {
            if (frozen != null) {
                frozen.process.kill();
            }
            if (redisson != null) {
                redisson.shutdown();
            }
        }
    }

    private void kill(int times) {
        RedissonClient redisson = null;
        Deque<Worker> workers = new ArrayDeque<>();
        try (RedisServer redis = RedisServer.start()) {
            redisson = TestRedisson.connect(redis.url());
            TrackerQueue queue = new TrackerQueue(redisson, WorkerProcess.settings());
            queue.initialiseIfEmpty(() -> IntStream.range(0, IDS).mapToObj(i -> QueueEntry.of("id" + i)));
            int started = 0;
            for (int killed = 0; killed < times; killed++) {
                while (workers.size() < ALIVE) {
                    workers.add(new Worker(redis.url(), started++));
                }
                workers.removeFirst().killAfter(1 + killed * 7 % 25);
            }
            while (!workers.isEmpty()) {
                workers.removeFirst().process.kill();
            }
            drain(queue, times + ALIVE);
        } finally {
            workers.forEach(worker -> worker.process.kill());
            if (redisson != null) {
                redisson.shutdown();
            }
        }
    }

    /** Whatever the dead held comes back before their leases run out, and each id can be worked on. */
    private void drain(TrackerQueue queue, int killed) {
        int leasedByTheDead = (int) queue.statistics().leased();
        assertThat(leasedByTheDead).isLessThanOrEqualTo(killed * AT_A_TIME);
        AtomicInteger reclaimed = new AtomicInteger();
        await().atMost(WorkerProcess.LEASE.dividedBy(2)).until(() -> {
            reclaimed.addAndGet(queue.reclaim());
            return queue.statistics().leased() == 0;
        });
        assertThat(reclaimed.get()).isEqualTo(leasedByTheDead);

        QueueStatistics end = queue.statistics();
        assertThat(end.ids()).isEqualTo(IDS);
        assertThat(end.waiting()).isEqualTo(IDS);
        assertThat(end.workers()).isZero();
        assertThat(seenTwice.get()).isZero();
        assertThat(end.counters().getOrDefault("refused", 0L))
                .as("living workers lost a lease")
                .isZero();
        assertThat(end.counters().get("claimed"))
                .as("each lease ended exactly once")
                .isEqualTo(end.counters().getOrDefault("found", 0L)
                        + end.counters().getOrDefault("reclaimedFromWorker", 0L));
        long found = 0;
        long told = 0;
        for (int i = 0; i < IDS; i++) {
            long successes = queue.details("id" + i).orElseThrow().successes();
            long accepted = done.getOrDefault("id" + i, new AtomicInteger()).get();
            assertThat(successes).isGreaterThanOrEqualTo(accepted);
            found += successes;
            told += accepted;
        }
        assertThat(found).isEqualTo(end.counters().getOrDefault("found", 0L));
        assertThat(found - told)
                .as("each killed process kept at most one completion to itself")
                .isLessThanOrEqualTo(killed);
        WorkerId last = new WorkerId("last");
        await().until(() -> {
            queue.claim(last, TrackerQueue.MAX_PER_CLAIM);
            return queue.statistics().leased() == IDS;
        });
    }
}
