package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.trackerreports.testsupport.RedisServer;

/**
 * How long the scripts keep Redis from others while the queue does what touches all of 1,000,000 ids, measured inside Redis. Prints
 * its figures and asserts no time, because a busy machine interrupts Redis, too; that the work of one script does not grow with the
 * number of ids is asserted by {@link BoundedWorkTest}.
 */
@Tag("long")
class LongestStepTest {

    private static final int IDS = 1_000_000;
    private static final int PART = 100_000;
    private static final int LIMIT_MICROS = 10_000;

    /** An entry of the slow log begins with its number, the time of day, how long the command took (µs), and the command. */
    private static final Pattern SLOW_SCRIPT =
            Pattern.compile("\\*6\r\n:\\d+\r\n:\\d+\r\n:(\\d+)\r\n\\*\\d+\r\n\\$7\r\nEVALSHA");

    private static final WorkerId ANNE = new WorkerId("anne");
    private static final WorkerId BERT = new WorkerId("bert");

    private final QueueSettings settings = QueueSettings.builder("q")
            .interval(Duration.ofDays(1))
            .heartbeatTimeout(Duration.ofMillis(100))
            .callTimeout(Duration.ofSeconds(60))
            .build();
    private RedisServer redis;
    private RedissonClient redisson;

    @BeforeEach
    void start() {
        redis = RedisServer.start("--slowlog-log-slower-than", "2000", "--slowlog-max-len", "100000");
        redisson = RedisClients.connect(redis.url());
    }

    @AfterEach
    void stop() {
        redisson.shutdown();
        redis.close();
    }

    @Test
    void stepsOfWhatTouchesAMillionIds() {
        TrackerQueue queue = new TrackerQueue(redisson, settings);
        step("initialise", () -> queue.initialiseIfEmpty(entries(0, IDS, 1)));
        step("reconcile, nothing new", () -> queue.reconcile(entries(0, IDS, 1)));
        step("reconcile, all priorities changed", () -> queue.reconcile(entries(0, IDS, 2)));
        step("reconcile, all removed and as many added", () -> queue.reconcile(entries(IDS, 2 * IDS, 1)));
        step(
                "changes, 100,000 added, 100,000 removed",
                () -> queue.reconcileChanges(entries(0, PART, 1).get().toList(), names(2 * IDS - PART, 2 * IDS)));
        step("requeue all", queue::requeueAllNow);
        List<Lease> leases = new ArrayList<>();
        step("claim 100,000, 256 at a time", () -> claimPart(queue, leases));
        step("extend 100,000", () -> queue.extend(leases));
        step("complete 50,000", () -> queue.complete(leases.subList(0, PART / 2), Completion.FOUND));
        step("fail 50,000", () -> queue.fail(leases.subList(PART / 2, PART), "why", Fault.TRACKER));
        claimPart(queue, leases);
        step("reclaim 100,000", () -> assertThat(queue.reclaim()).isPositive());
        step("pause 100,000", () -> queue.pause(names(IDS, IDS + PART)));
        step("resume 100,000", () -> queue.resume(names(IDS, IDS + PART)));
        step("remove 100,000", () -> queue.remove(names(IDS, IDS + PART)));
        step("pause all", queue::pauseAll);
        step("statistics", queue::statistics);
        step("list, the last page", () -> queue.list(QueueView.WAITING, IDS - PART - 500, 500));
        assertThat(queue.statistics().paused()).isTrue();
        assertThat(queue.statistics().ids()).isEqualTo(IDS - PART);
    }

    /** Half for each of two workers. */
    private static void claimPart(TrackerQueue queue, List<Lease> into) {
        into.clear();
        while (into.size() < PART) {
            into.addAll(queue.claim(into.size() < PART / 2 ? ANNE : BERT, TrackerQueue.MAX_PER_CLAIM));
        }
    }

    private void step(String what, Runnable work) {
        redis.command("SLOWLOG", "RESET");
        redis.command("CONFIG", "RESETSTAT");
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        List<Long> slow = slowScripts();
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f s | %d | %s | %d |%n",
                what,
                seconds,
                redis.number("cmdstat_evalsha:calls=(\\d+)", "INFO", "commandstats"),
                slow.isEmpty() ? "< 2 ms" : String.format(Locale.ROOT, "%.1f ms", slow.get(slow.size() - 1) / 1e3),
                slow.stream().filter(micros -> micros > LIMIT_MICROS).count());
    }

    /** The times (µs) of the scripts in the slow log, in ascending order. What the test itself asks does not count. */
    private List<Long> slowScripts() {
        return SLOW_SCRIPT
                .matcher(redis.command("SLOWLOG", "GET", "100000"))
                .results()
                .map(entry -> Long.valueOf(entry.group(1)))
                .sorted()
                .toList();
    }

    private static Set<String> names(int from, int to) {
        return entries(from, to, 1).get().map(QueueEntry::id).collect(Collectors.toSet());
    }

    private static Supplier<Stream<QueueEntry>> entries(int from, int to, int priority) {
        return () -> IntStream.range(from, to)
                .mapToObj(i -> new QueueEntry(String.format(Locale.ROOT, "tracker-%08d", i), priority));
    }
}
