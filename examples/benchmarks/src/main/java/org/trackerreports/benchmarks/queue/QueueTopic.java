package org.trackerreports.benchmarks.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.openjdk.jmh.runner.RunnerException;
import org.redisson.api.RedissonClient;
import org.trackerreports.benchmarks.Comparison;
import org.trackerreports.benchmarks.JmhFork;
import org.trackerreports.benchmarks.LocalServers;
import org.trackerreports.benchmarks.Series;
import org.trackerreports.benchmarks.Setting;
import org.trackerreports.benchmarks.Topic;
import org.trackerreports.benchmarks.Turns;
import org.trackerreports.queue.QueueEntry;
import org.trackerreports.queue.QueueSettings;
import org.trackerreports.queue.RedisClients;
import org.trackerreports.queue.TrackerQueue;

/** Operations on a large queue, compared with a small queue. */
public final class QueueTopic implements Topic {

    private static final int FEW = 1_000;

    /** With an interval of a second and this priority an id is due again after a millisecond. */
    private static final int PRIORITY = 1_000;

    static QueueSettings settings(String name) {
        return QueueSettings.builder(name)
                .interval(Duration.ofSeconds(1))
                .heartbeatTimeout(Duration.ofMillis(100))
                .callTimeout(Duration.ofSeconds(60))
                .build();
    }

    @Override
    public void measure(Setting setting, Consumer<Comparison> results) throws Exception {
        int many = setting.effort().manyIds();
        try (LocalServers servers = LocalServers.start(setting)) {
            Series few = new Series(String.format("%,d ids", FEW), fill(servers, "few", FEW));
            Series all = new Series(String.format("%,d ids", many), fill(servers, "many", many));
            results.accept(new Comparison(
                    String.format("trackers put into an empty queue, %,d", many),
                    "trackers/s",
                    Comparison.Kind.RATE,
                    all,
                    few));
            List<Series> series = new Turns()
                    .with(String.format("%,d ids", many), () -> perSecond(setting, servers, "many"))
                    .with(String.format("%,d ids", FEW), () -> perSecond(setting, servers, "few"))
                    .measure(setting);
            results.accept(new Comparison(
                    String.format("trackers claimed and completed, 64 at a time, one thread, %,d in the queue", many),
                    "trackers/s",
                    Comparison.Kind.RATE,
                    series.get(0),
                    series.get(1)));
        }
    }

    private static double fill(LocalServers servers, String name, int ids) {
        RedissonClient redisson = RedisClients.connect(servers.redisUrl());
        try {
            TrackerQueue queue = new TrackerQueue(redisson, settings(name));
            // The first call connects.
            queue.statistics();
            long began = System.nanoTime();
            boolean filled = queue.initialiseIfEmpty(() -> IntStream.rangeClosed(1, ids)
                    .mapToObj(number -> new QueueEntry(Integer.toString(number), PRIORITY)));
            if (!filled) {
                throw new IllegalStateException("the queue " + name + " was not empty");
            }
            return ids / ((System.nanoTime() - began) / 1e9);
        } finally {
            redisson.shutdown();
        }
    }

    private static double perSecond(Setting setting, LocalServers servers, String name) throws RunnerException {
        return JmhFork.perSecond(
                setting.effort(),
                QueueBenchmark.class,
                "claimAndComplete",
                servers.announce(Map.of(QueueBenchmark.REDIS, servers.redisUrl(), QueueBenchmark.QUEUE, name)));
    }
}
