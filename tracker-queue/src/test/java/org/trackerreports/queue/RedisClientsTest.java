package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.api.RedissonClient;
import org.trackerreports.testsupport.FreePorts;
import org.trackerreports.testsupport.RedisServer;

class RedisClientsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void readsTheUrlOfOneServer() throws IOException {
        String yaml = RedisClients.config("rediss://user:p%40ss+word@redis.example:6380/3")
                .toYAML();
        assertThat(yaml)
                .contains("address: \"rediss://redis.example:6380\"")
                .contains("database: 3")
                .contains("username: \"user\"")
                .contains("password: \"p@ss+word\"");
        assertThat(RedisClients.config("redis://localhost").toYAML()).contains("address: \"redis://localhost:6379\"");
        assertThat(RedisClients.config("redis://:secret@[::1]:7000/").toYAML())
                .contains("address: \"redis://[::1]:7000\"")
                .contains("password: \"secret\"");
    }

    @Test
    void readsTheUrlsOfSentinelsAndClusters() throws IOException {
        assertThat(RedisClients.config("redis-sentinel://one:26379,two/2?master=mymaster")
                        .toYAML())
                .contains("masterName: \"mymaster\"")
                .contains("- redis://one:26379")
                .contains("- redis://two:26379")
                .contains("database: 2");
        assertThat(RedisClients.config("redis-cluster://one:6379,two").toYAML())
                .contains("clusterServersConfig")
                .contains("- redis://one:6379")
                .contains("- redis://two:6379");
    }

    @Test
    void wrongUrlsAreRefusedWithoutShowingThePassword() {
        for (String wrong : new String[] {
            "http://host",
            "redis://",
            "redis://:secret@host:99999999x",
            "redis://:secret@one:1,two:2",
            "redis-sentinel://:secret@one:1",
            "redis://:secret@one:1?master=m",
            "redis-cluster://:secret@one:1/4",
            "",
        }) {
            assertThatThrownBy(() -> RedisClients.config(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Valid: redis://localhost:6379")
                    .hasMessageNotContaining("secret");
        }
        assertThatThrownBy(() -> RedisClients.config(null)).hasMessageContaining("missing");
    }

    @Test
    void connectsByUrlAndByYaml(@TempDir Path directory) throws IOException {
        try (RedisServer redis = RedisServer.start("--requirepass", "s:e@c")) {
            String url = "redis://:s%3Ae%40c@127.0.0.1:" + redis.port() + "/1";
            Path yaml = directory.resolve("redisson.yaml");
            Files.writeString(yaml, """
                    singleServerConfig:
                      address: "redis://127.0.0.1:%d"
                      password: "s:e@c"
                      database: 1
                    """.formatted(redis.port()));
            for (RedissonClient client : new RedissonClient[] {RedisClients.connect(url), RedisClients.connect(yaml)}) {
                assertThat(new TrackerQueue(client, QueueSettings.defaults("q"))
                                .statistics()
                                .ids())
                        .isZero();
                client.shutdown();
            }
        }
    }

    @Test
    void aWrongYamlIsRefusedWithoutShowingItsContent(@TempDir Path directory) throws IOException {
        Path yaml = directory.resolve("redisson.yaml");
        Files.writeString(yaml, "singleServerConfig:\n  passwordd: secret\n");
        assertThatThrownBy(() -> RedisClients.connect(yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(yaml.toString())
                .hasNoCause();
        assertThatThrownBy(() -> RedisClients.connect(directory.resolve("none.yaml")))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void aProgramCanStartWhileRedisIsAway() {
        int port = FreePorts.next();
        RedissonClient client = RedisClients.connect("redis://127.0.0.1:" + port);
        QueueSettings settings =
                QueueSettings.builder("q").callTimeout(Duration.ofMillis(500)).build();
        TrackerQueue queue = new TrackerQueue(client, settings);
        assertThatThrownBy(queue::statistics).isInstanceOf(QueueUnavailableException.class);
        try (RedisServer redis = RedisServer.startOn(port)) {
            await().ignoreExceptionsInstanceOf(QueueUnavailableException.class)
                    .until(() -> queue.statistics().ids() == 0);
            assertThat(redis.port()).isEqualTo(port);
        } finally {
            client.shutdown();
        }
    }

    @Test
    void aHostThatDoesNotExistIsAnOutageToo() {
        RedissonClient client = RedisClients.connect("redis://no-such-host.invalid:6379");
        try {
            TrackerQueue queue = new TrackerQueue(client, QueueSettings.defaults("q"));
            assertThatThrownBy(queue::statistics).isInstanceOf(QueueUnavailableException.class);
        } finally {
            client.shutdown();
        }
    }

    @Test
    void aClientThatWasShutDownIsAnOutageToo() {
        try (RedisServer redis = RedisServer.start()) {
            // A busy machine may take longer than usual for the first answer.
            RedissonClient client = RedisClients.connect(redis.url(), PATIENCE);
            TrackerQueue queue = new TrackerQueue(
                    client, QueueSettings.builder("q").callTimeout(PATIENCE).build());
            assertThat(queue.statistics().ids()).isZero();
            client.shutdown();
            assertThatThrownBy(queue::statistics).isInstanceOf(QueueUnavailableException.class);
        }
    }
}
