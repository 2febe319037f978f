package org.trackerreports.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class RedisServerTest {

    @Test
    void comesBackOnTheSamePortAndEmpty() {
        try (RedisServer redis = RedisServer.start()) {
            assertThat(redis.command("SET", "key", "välue")).isEqualTo("+OK\r\n");
            assertThat(redis.command("MGET", "key", "other")).isEqualTo("*2\r\n$6\r\nvälue\r\n$-1\r\n");
            assertThat(redis.number("db0:keys=(\\d+)", "INFO", "keyspace")).isEqualTo(1);

            redis.kill();
            assertThatThrownBy(() -> redis.command("PING")).isInstanceOf(UncheckedIOException.class);

            redis.restart();
            assertThat(redis.command("DBSIZE")).isEqualTo(":0\r\n");
        }
    }

    @Test
    void keepsItsDataWithAnAppendOnlyFile() {
        try (RedisServer redis = RedisServer.start("--appendonly", "yes", "--appendfsync", "always")) {
            redis.command("SET", "key", "value");
            redis.kill();
            redis.restart();
            assertThat(redis.command("GET", "key")).isEqualTo("$5\r\nvalue\r\n");
        }
    }
}
