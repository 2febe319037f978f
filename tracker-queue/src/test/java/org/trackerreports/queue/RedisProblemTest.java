package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisLoadingException;
import org.redisson.client.RedisMovedException;
import org.redisson.client.RedisTimeoutException;
import org.redisson.misc.RedisURI;

class RedisProblemTest {

    /** Error replies of Redis 7, as it sends them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    NOPERM this user has no permissions to run the 'eval' command | RIGHTS
                    WRONGPASS invalid username-password pair or user is disabled. | PASSWORD
                    NOAUTH Authentication required. | PASSWORD
                    ERR AUTH <password> called without any password configured for the default user. | PASSWORD
                    MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk. | CANNOT_SAVE
                    WRONGTYPE Operation against a key holding the wrong kind of value | FOREIGN_DATA
                    READONLY You can't write against a read only replica. | REPLICA
                    CROSSSLOT Keys in request don't hash to the same slot | CLUSTER
                    ERR DB index is out of range | DATABASE
                    ERR unknown command 'EVALSHA' | NOT_REDIS
                    ERR something else | REFUSED
                    """)
    void aReplyIsKnownByItsText(String reply, RedisProblem expected) {
        assertThat(RedisProblem.of(new RedisException(reply))).isEqualTo(expected);
    }

    @Test
    void anExceptionIsKnownByItsType() {
        assertThat(RedisProblem.of(new RedisLoadingException("LOADING Redis is loading the dataset in memory")))
                .isEqualTo(RedisProblem.LOADING);
        assertThat(RedisProblem.of(new RedisMovedException(1, new RedisURI("redis://127.0.0.1:7000"))))
                .isEqualTo(RedisProblem.CLUSTER);
        assertThat(RedisProblem.of(new TimeoutException())).isEqualTo(RedisProblem.NO_ANSWER);
        assertThat(RedisProblem.of(new RedisTimeoutException("no answer"))).isEqualTo(RedisProblem.NO_ANSWER);
        assertThat(RedisProblem.of(new IllegalStateException())).isEqualTo(RedisProblem.REFUSED);
    }

    @Test
    void theInnermostKnownCauseCountsUnlessItOnlySaysThatNobodyAnswers() {
        assertThat(RedisProblem.of(new RedisConnectionException("no", new UnknownHostException("nowhere"))))
                .isEqualTo(RedisProblem.UNKNOWN_HOST);
        assertThat(RedisProblem.of(
                        new CompletionException(new RedisConnectionException("no", new SSLHandshakeException("no")))))
                .isEqualTo(RedisProblem.UNTRUSTED);
        assertThat(RedisProblem.of(new RedisException("NOAUTH Authentication required.", new TimeoutException())))
                .isEqualTo(RedisProblem.PASSWORD);
    }
}
