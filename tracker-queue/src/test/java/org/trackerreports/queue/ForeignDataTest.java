package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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
        assertThat(queue.statistics().lastDamaged()).contains("b");
        List<Lease> leases = queue.claim(ANNE, 10);
        assertThat(ids(leases)).containsExactlyInAnyOrder("a", "b", "c");
        for (Lease lease : leases) {
            assertThat(queue.complete(lease, Completion.FOUND)).isTrue();
        }
        assertThat(queue.details("b").orElseThrow().successes()).isOne();
    }

    @Test
    void theNameOfADamagedRecordIsBounded() {
        String id = "x\u001b".repeat(1_000);
        redis.command("HSET", "{test}:records", id, "garbage");
        queue.details(id.substring(0, 200));
        assertThat(queue.statistics().lastDamaged()).isEmpty();
        redis.command("ZADD", "{test}:due", "1", id);
        assertThat(queue.list(QueueView.WAITING, 0, 10)).hasSize(1);
        assertThat(queue.statistics().lastDamaged()).contains("x\u001b".repeat(128));
    }

    private static Stream<List<String>> damagedBudgets() {
        return Stream.of(
                List.of("SET", "{test}:budget:one", "garbage"),
                List.of("HSET", "{test}:budget:one", "a", "b"),
                List.of("SET", "{test}:cool-down:one", "garbage"),
                List.of("SET", "{test}:cool-down:one", "nan"),
                List.of("SET", "{test}:cool-down:one", ""),
                List.of("LPUSH", "{test}:cool-down:one", "garbage"),
                List.of("LPUSH", "{test}:budget-known:one", "garbage"));
    }

    /** In every way in which a budget is used: what is asked first meets the damage. */
    @ParameterizedTest
    @MethodSource("damagedBudgets")
    void aDamagedBudgetGrantsNothingTooEarlyAndStopsNoOther(List<String> damage) {
        BudgetRule rule = new BudgetRule(Duration.ofMinutes(5), 4, Duration.ofDays(1), 0, Duration.ofSeconds(90));
        List<Consumer<RequestBudgets>> uses = List.of(
                budgets -> budgets.acquire("one", rule, false),
                budgets -> budgets.untilGranted("one", rule, false),
                budgets -> budgets.state("one", rule),
                budgets ->
                        assertThat(budgets.states(List.of("two", "one"), rule)).hasSize(2),
                budgets -> budgets.completed("one"),
                budgets -> budgets.coolDown("one", Duration.ofSeconds(1)),
                budgets -> budgets.endCoolDown("one"));
        for (Consumer<RequestBudgets> use : uses) {
            emptyRedis();
            RequestBudgets budgets = new RequestBudgets(
                    "test", new Scripts(redisson, Duration.ofSeconds(2), QueueListener.NONE, MovableTime.LUA));
            assertThat(budgets.acquire("one", rule, false)).isEqualTo(new BudgetDecision.Granted());
            redis.command("DEL", damage.get(1));
            redis.command(damage.toArray(String[]::new));

            use.accept(budgets);
            BudgetDecision decision = budgets.acquire("one", rule, false);
            assertThat(decision.kind()).isEqualTo(BudgetDecision.Kind.DENIED);
            assertThat(decision.retryAfter())
                    .isBetween(rule.minGap(), rule.minGap().plusSeconds(90));
            assertThat(budgets.acquire("two", rule, false)).isEqualTo(new BudgetDecision.Granted());
            time.pass(decision.retryAfter());
            assertThat(budgets.acquire("one", rule, false)).isEqualTo(new BudgetDecision.Granted());
        }
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
