package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Something else writes under the prefix of the queue. */
class ForeignDataTest extends QueueFixture {

    /** A text, a number, an empty text, and an array that is too short, as the scripts pack it. */
    @ParameterizedTest
    @ValueSource(strings = {"garbage", "7", "", "\u0001\u0002"})
    void aDamagedRecordBeginsAnewAndStopsNoOther(String garbage) {
        fillAndWait("a", "b", "c");
        redis.command("HSET", "{test}:records", "b", garbage);

        assertThat(queue.details("b")).isPresent();
        assertThat(queue.statistics().counters().get("damaged")).isPositive();
        List<Lease> leases = queue.claim(ANNE, 10);
        assertThat(ids(leases)).containsExactlyInAnyOrder("a", "b", "c");
        for (Lease lease : leases) {
            assertThat(queue.complete(lease, Completion.FOUND)).isTrue();
        }
        assertThat(queue.details("b").orElseThrow().successes()).isOne();
    }

    @Test
    void aKeyOfAnotherKindIsNamedAsSuch() {
        fillAndWait("a");
        redis.command("DEL", "{test}:due");
        redis.command("SET", "{test}:due", "something else");

        assertThatThrownBy(() -> queue.claim(ANNE, 1))
                .isInstanceOf(QueueUnavailableException.class)
                .hasMessageContaining(RedisProblem.FOREIGN_DATA.sentence())
                .hasMessageNotContaining("Exception");
        assertThatThrownBy(() -> queue.claim(ANNE, 1))
                .satisfies(thrown -> assertThat(RedisProblem.of(thrown)).isEqualTo(RedisProblem.FOREIGN_DATA));
    }
}
