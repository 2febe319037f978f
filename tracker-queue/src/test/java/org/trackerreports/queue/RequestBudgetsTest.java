package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestBudgetsTest extends QueueFixture {

    private static final BudgetDecision GRANTED = new BudgetDecision.Granted();
    private static final Duration GAP = Duration.ofMinutes(5);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final BudgetRule RULE = new BudgetRule(GAP, 6, HOUR, 2);

    private RequestBudgets budgets;

    @BeforeEach
    void makeBudgets() {
        budgets = instance();
    }

    private RequestBudgets instance() {
        return new RequestBudgets(
                "test", new Scripts(redisson, Duration.ofSeconds(2), QueueListener.NONE, MovableTime.LUA));
    }

    private static BudgetDecision waitFor(Duration duration) {
        return new BudgetDecision.Denied(duration);
    }

    @Test
    void theGapHoldsForAllInstancesAndForRequestsByHand() {
        RequestBudgets other = instance();
        assertThat(budgets.acquire("account", RULE, false)).isEqualTo(GRANTED);
        assertThat(other.acquire("account", RULE, true)).isEqualTo(waitFor(GAP));
        time.pass(GAP.minusMillis(1));
        assertThat(other.acquire("account", RULE, false)).isEqualTo(waitFor(Duration.ofMillis(1)));
        assertThat(other.acquire("another-account", RULE, false)).isEqualTo(GRANTED);
    }

    @Test
    void lookingTellsTheWaitAndTakesNothing() {
        assertThat(budgets.untilGranted("account", RULE, false)).isZero();
        assertThat(budgets.state("account", RULE).used()).isZero();
        budgets.acquire("account", RULE, false);
        assertThat(instance().untilGranted("account", RULE, false)).isEqualTo(GAP);
        time.pass(GAP);
        assertThat(budgets.untilGranted("account", RULE, false)).isZero();
        assertThat(budgets.acquire("account", RULE, false)).isEqualTo(GRANTED);
    }

    @Test
    void theMostPerPeriodSlidesWithTime() {
        BudgetRule rule = new BudgetRule(Duration.ZERO, 3, HOUR, 0);
        Instant start = time.now();
        assertThat(budgets.acquire("a", rule, false)).isEqualTo(GRANTED);
        time.pass(Duration.ofMinutes(50));
        assertThat(budgets.acquire("a", rule, false)).isEqualTo(GRANTED);
        assertThat(budgets.acquire("a", rule, false)).isEqualTo(GRANTED);
        assertThat(budgets.acquire("a", rule, false)).isEqualTo(waitFor(Duration.ofMinutes(10)));
        time.set(start.plus(HOUR));
        assertThat(budgets.acquire("a", rule, false)).isEqualTo(GRANTED);
        assertThat(budgets.acquire("a", rule, false)).isEqualTo(waitFor(Duration.ofMinutes(50)));
        assertThat(budgets.state("a", rule).used()).isEqualTo(3);
    }

    @Test
    void theReserveIsLeftForRequestsByHand() {
        for (int i = 0; i < 4; i++) {
            assertThat(budgets.acquire("a", RULE, false)).isEqualTo(GRANTED);
            time.pass(GAP);
        }
        assertThat(budgets.acquire("a", RULE, false)).isEqualTo(waitFor(HOUR.minus(GAP.multipliedBy(4))));
        for (int i = 0; i < 2; i++) {
            assertThat(budgets.acquire("a", RULE, true)).isEqualTo(GRANTED);
            time.pass(GAP);
        }
        assertThat(budgets.acquire("a", RULE, true)).isEqualTo(waitFor(HOUR.minus(GAP.multipliedBy(6))));
    }

    @Test
    void nothingIsGrantedWhileItCoolsDown() {
        Instant until = time.now().plus(Duration.ofMinutes(20));
        budgets.coolDown("a", until);
        budgets.coolDown("a", until.minus(Duration.ofMinutes(10)));
        assertThat(instance().acquire("a", RULE, true)).isEqualTo(waitFor(Duration.ofMinutes(20)));
        assertThat(budgets.state("a", RULE).coolDownUntil()).contains(until);
        time.set(until);
        assertThat(budgets.acquire("a", RULE, false)).isEqualTo(GRANTED);
    }

    @Test
    void manyBudgetsAreReadInOneCall() {
        budgets.acquire("a", RULE, false);
        Instant granted = time.now();
        time.pass(GAP);
        budgets.acquire("b", RULE, false);
        budgets.acquire("c", RULE, false);
        time.pass(GAP);
        budgets.acquire("c", RULE, false);
        Instant until = time.now().plus(Duration.ofMinutes(20));
        budgets.coolDown("d", until);
        instance().states(List.of("a"), RULE);
        long before = scriptCalls();

        assertThat(instance().states(List.of("c", "d", "a", "never-used", "b"), RULE))
                .containsExactly(
                        new BudgetState(Optional.of(time.now()), 2, Optional.empty()),
                        new BudgetState(Optional.empty(), 0, Optional.of(until)),
                        new BudgetState(Optional.of(granted), 1, Optional.empty()),
                        new BudgetState(Optional.empty(), 0, Optional.empty()),
                        new BudgetState(Optional.of(granted.plus(GAP)), 1, Optional.empty()));
        assertThat(scriptCalls() - before).isOne();
        assertThat(budgets.states(List.of(), RULE)).isEmpty();
    }

    private long scriptCalls() {
        Matcher calls =
                Pattern.compile("cmdstat_evalsha:calls=([0-9]+)").matcher(redis.command("INFO", "commandstats"));
        assertThat(calls.find()).isTrue();
        return Long.parseLong(calls.group(1));
    }

    @Test
    void aPersonCanEndTheCoolDown() {
        budgets.coolDown("a", time.now().plus(Duration.ofMinutes(20)));
        budgets.endCoolDown("a");
        assertThat(budgets.state("a", RULE).coolDownUntil()).isEmpty();
        assertThat(budgets.acquire("a", RULE, false)).isEqualTo(GRANTED);
    }

    @Test
    void anInstancePutsBackWhatItWasGrantedAfterRedisForgot() {
        Instant start = time.now();
        BudgetRule rule = new BudgetRule(Duration.ofMinutes(1), 3, HOUR, 0);
        for (int i = 0; i < 3; i++) {
            assertThat(budgets.acquire("a", rule, false)).isEqualTo(GRANTED);
            time.pass(Duration.ofMinutes(1));
        }
        Instant now = time.now();
        redis.command("FLUSHALL");
        time.set(now);
        assertThat(budgets.states(List.of("b", "a"), rule))
                .as("reading puts it back, too")
                .extracting(BudgetState::used)
                .containsExactly(0, 3);
        assertThat(budgets.acquire("a", rule, false)).isEqualTo(waitFor(Duration.between(now, start.plus(HOUR))));
        assertThat(budgets.state("a", rule).used()).isEqualTo(3);
        assertThat(budgets.state("a", rule).lastGranted()).contains(now.minus(Duration.ofMinutes(1)));
    }

    @Test
    void theBudgetRestsForOneGapAfterRedisForgotBecauseOthersMayHaveTaken() {
        RequestBudgets other = instance();
        assertThat(budgets.acquire("a", RULE, false)).isEqualTo(GRANTED);
        time.pass(GAP);
        assertThat(other.acquire("a", RULE, false)).isEqualTo(GRANTED);
        Instant now = time.now().plus(Duration.ofSeconds(10));
        redis.command("FLUSHALL");
        time.set(now);
        assertThat(budgets.acquire("a", RULE, false)).isEqualTo(waitFor(GAP));
        time.pass(GAP);
        assertThat(budgets.acquire("a", RULE, false)).isEqualTo(GRANTED);
    }

    @Test
    void theGapCountsFromTheEndOfTheRequestWhereTheRuleSaysSo() {
        BudgetRule rule = new BudgetRule(GAP, 6, HOUR, 0, Duration.ofMinutes(1));
        RequestBudgets other = instance();
        assertThat(budgets.acquire("a", rule, false)).isEqualTo(GRANTED);
        assertThat(other.acquire("a", rule, true))
                .as("the request under way may end at any moment")
                .isEqualTo(waitFor(GAP));
        time.pass(Duration.ofSeconds(20));
        budgets.completed("a");
        assertThat(other.acquire("a", rule, false)).isEqualTo(waitFor(GAP));
        time.pass(Duration.ofSeconds(1));
        budgets.completed("a");
        assertThat(other.acquire("a", rule, false)).as("a request ends once").isEqualTo(waitFor(GAP.minusSeconds(1)));
        time.pass(GAP.minusSeconds(1));
        assertThat(other.acquire("a", rule, false)).isEqualTo(GRANTED);
    }

    @Test
    void aRequestWhoseEndNobodyTellsCountsAsEndedAtTheLatestMoment() {
        BudgetRule rule = new BudgetRule(GAP, 6, HOUR, 0, Duration.ofMinutes(1));
        assertThat(budgets.acquire("a", rule, false)).isEqualTo(GRANTED);
        time.pass(GAP.plusMinutes(1).minusMillis(1));
        assertThat(instance().acquire("a", rule, false)).isEqualTo(waitFor(Duration.ofMillis(1)));
        time.pass(Duration.ofMillis(1));
        assertThat(instance().acquire("a", rule, false)).isEqualTo(GRANTED);
    }

    @Test
    void aRestIsCountedByTheClockOfRedis() {
        budgets.coolDown("a", Duration.ofMinutes(20));
        budgets.coolDown("a", Duration.ofMinutes(10));
        assertThat(instance().acquire("a", RULE, true)).isEqualTo(waitFor(Duration.ofMinutes(20)));
        assertThat(budgets.state("a", RULE).coolDownUntil()).contains(time.now().plus(Duration.ofMinutes(20)));
    }

    @Test
    void stateOfAnUnknownBudgetIsEmpty() {
        BudgetState state = budgets.state("never-used", RULE);
        assertThat(state.lastGranted()).isEmpty();
        assertThat(state.used()).isZero();
        assertThat(state.coolDownUntil()).isEmpty();
    }
}
