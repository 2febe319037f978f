package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.trackerreports.testsupport.RedisServer;

/** A master that dies before its replica heard of the latest leases. */
class SentinelTest {

    private static final WorkerId ANNE = new WorkerId("anne");
    private static final WorkerId BERT = new WorkerId("bert");
    private static final Supplier<Stream<QueueEntry>> TWENTY =
            () -> IntStream.range(0, 20).mapToObj(i -> QueueEntry.of("id" + i));

    @Test
    void afterAFailoverThatLostTheLatestLeasesNothingIsHandedOutTwice() {
        QueueSettings settings = QueueSettings.builder("q")
                .interval(Duration.ofSeconds(1))
                .lease(Duration.ofMinutes(1))
                .heartbeatTimeout(Duration.ofSeconds(3))
                .build();
        RedissonClient ofAnne = null;
        RedissonClient ofBert = null;
        try (RedisServer master = RedisServer.start();
                RedisServer replica = RedisServer.start("--replicaof", "127.0.0.1", String.valueOf(master.port()));
                RedisServer sentinel = RedisServer.startSentinel(master, "main")) {
            await().atMost(Duration.ofSeconds(40))
                    .until(() ->
                            sentinel.command("SENTINEL", "REPLICAS", "main").contains("127.0.0.1:" + replica.port())
                                    && replica.command("INFO", "replication").contains("master_link_status:up"));
            String url = "redis-sentinel://127.0.0.1:" + sentinel.port() + "?master=main";
            ofAnne = RedisClients.connect(url);
            ofBert = RedisClients.connect(url);
            TrackerQueue anne = new TrackerQueue(ofAnne, settings);
            TrackerQueue bert = new TrackerQueue(ofBert, settings);
            assertThat(anne.initialiseIfEmpty(TWENTY)).isTrue();
            await().until(() -> anne.statistics().due() == 20);
            await().until(() -> replica.command("HLEN", "{q}:records").equals(":20\r\n"));

            replica.command("REPLICAOF", "127.0.0.1", "1");
            List<Lease> leases = anne.claim(ANNE, 5);
            assertThat(leases).hasSize(5);
            assertThat(replica.command("ZCARD", "{q}:leased")).isEqualTo(":0\r\n");
            master.kill();

            Set<String> others = new HashSet<>();
            TestRedis.awaitDespiteOutage(Duration.ofSeconds(50), () -> {
                anne.heartbeat(ANNE);
                bert.reclaim();
                bert.claim(BERT, 20).forEach(lease -> others.add(lease.id()));
                return others.size() >= 15;
            });
            assertThat(replica.command("INFO", "replication")).contains("role:master");
            assertThat(leases).noneMatch(lease -> others.contains(lease.id()));
            assertThat(anne.complete(leases, Completion.FOUND)).containsOnly(true);
            assertThat(anne.statistics().ids()).isEqualTo(20);
        } finally {
            if (ofAnne != null) {
                ofAnne.shutdown();
            }
            if (ofBert != null) {
                ofBert.shutdown();
            }
        }
    }
}
