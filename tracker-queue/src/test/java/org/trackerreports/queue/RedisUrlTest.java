package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUrlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "redis://:Tr0ub4dor/3secret@127.0.0.1:6379 '/ as %2F'",
                "redis://:p@ss:w/rd#1@127.0.0.1:6379 '# as %23, / as %2F, @ as %40'",
                "redis://:100%secret@127.0.0.1:6379 '% as %25'",
                "rediss://joe:what?secret@127.0.0.1 '? as %3F'",
                "redis://secret/@127.0.0.1 '/ as %2F'"
            })
    void saysWhichCharactersMustBeEncodedAndNothingOfThePassword(String url, String words) {
        assertThatThrownBy(() -> RedisUrl.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words + " must be percent-encoded")
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("Tr0ub4dor")
                .hasMessageNotContaining("ss:w")
                .hasMessageNotContaining("rd#");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "foo-secret",
                "redis://:secret",
                "redis://:secret/0",
                "redis://host:secret",
                "http://joe:secret@host",
                "redis://host/secret",
                "redis://host:70000",
                "redis://a,b",
                "redis-sentinel://a",
                "redis-sentinel://a?master=x@secret",
                "redis://host?password=secret"
            })
    void refusesWhatIsNoUrlOfRedisWithoutShowingIt(String url) {
        assertThatThrownBy(() -> RedisUrl.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the Redis URL is not valid")
                .hasMessageNotContaining("secret");
    }

    @Test
    void readsEncodedPasswordsAndEveryFormOfHost() {
        assertThat(RedisUrl.parse("redis://:p%40ss%3Aw%2Frd%231@127.0.0.1:6379").password())
                .contains("p@ss:w/rd#1");
        assertThat(RedisUrl.parse("redis://joe:a+b@my_redis").addresses()).containsExactly("redis://my_redis:6379");
        assertThat(RedisUrl.parse("redis://joe:a+b@my_redis").password()).contains("a+b");
        assertThat(RedisUrl.parse("rediss://[::1]:7000/2").addresses()).containsExactly("rediss://[::1]:7000");
    }
}
