package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Budgets whose grants are also kept outside of Redis. */
class BudgetLedgerTest extends QueueFixture {

    private static final BudgetDecision GRANTED = new BudgetDecision.Granted();
    private static final Duration GAP = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final BudgetRule RULE = new BudgetRule(GAP, 4, Duration.ofDays(1), 0, LONGEST);
    private static final String NAME = "account";

    private final Memory ledger = new Memory();
    private final List<String> corrected = new ArrayList<>();
    private final QueueListener listener = new QueueListener() {
        @Override
        public void clockCorrected(String budget) {
            corrected.add(budget);
        }
    };

    /** A ledger of one budget, by the test's time. */
    private final class Memory implements BudgetLedger {
        final Map<Long, Instant> grants = new TreeMap<>();
        Instant coolDownUntil = Instant.EPOCH;
        boolean away;

        private void requirePresent() {
            if (away) {
                throw new IllegalStateException("the ledger is away");
            }
        }

        @Override
        public boolean record(String budget, long number, BudgetRule rule) {
            requirePresent();
            boolean free = grants.size() < rule.maxPerPeriod()
                    && grants.values().stream()
                            .noneMatch(grant -> grant.plus(rule.minGap()).isAfter(time.now()));
            if (free) {
                grants.put(number, time.now());
            }
            return free;
        }

        @Override
        public Content read(String budget) {
            requirePresent();
            Duration left = Duration.between(time.now(), coolDownUntil);
            return new Content(
                    grants.entrySet().stream()
                            .map(grant -> new Grant(grant.getKey(), Duration.between(grant.getValue(), time.now())))
                            .toList(),
                    left.isNegative() ? Duration.ZERO : left);
        }

        @Override
        public void coolDown(String budget, Duration length) {
            coolDownUntil = time.now().plus(length);
        }

        @Override
        public void endCoolDown(String budget) {
            coolDownUntil = Instant.EPOCH;
        }
    }

    private RequestBudgets instance(String prefix) {
        return new RequestBudgets(
                prefix, new Scripts(redisson, Duration.ofSeconds(2), listener, MovableTime.LUA), ledger);
    }

    private void redisForgets() {
        Instant now = time.now();
        redis.command("FLUSHALL");
        time.set(now);
    }

    private static BudgetDecision waitFor(Duration duration) {
        return new BudgetDecision.Denied(duration);
    }

    @Test
    void aNewInstanceGrantsNothingTooEarlyAfterRedisForgot() {
        RequestBudgets stopped = instance("test");
        assertThat(stopped.acquire(NAME, RULE, false)).isEqualTo(GRANTED);
        time.pass(Duration.ofSeconds(1));
        stopped.completed(NAME);
        redisForgets();

        RequestBudgets fresh = instance("test");
        assertThat(fresh.acquire(NAME, RULE, false)).isEqualTo(waitFor(GAP));
        assertThat(fresh.state(NAME, RULE).used()).isEqualTo(1);
        time.pass(LONGEST.plus(GAP).minusSeconds(2));
        assertThat(fresh.acquire(NAME, RULE, false))
                .as("nobody knows when the request ended, so it ended as late as possible")
                .isEqualTo(waitFor(Duration.ofSeconds(1)));
        time.pass(Duration.ofSeconds(1));
        assertThat(fresh.acquire(NAME, RULE, false)).isEqualTo(GRANTED);
        assertThat(ledger.grants).hasSize(2);
    }

    @Test
    void theMaximumOfADayAndTheCoolDownOutliveRedis() {
        RequestBudgets budgets = instance("test");
        for (int number = 0; number < 4; number++) {
            assertThat(budgets.acquire(NAME, RULE, true)).isEqualTo(GRANTED);
            time.pass(LONGEST.plus(GAP));
        }
        budgets.coolDown(NAME, Duration.ofHours(2));
        redisForgets();
        RequestBudgets fresh = instance("test");
        assertThat(fresh.state(NAME, RULE).used()).isEqualTo(4);
        assertThat(fresh.state(NAME, RULE).coolDownUntil()).contains(time.now().plus(Duration.ofHours(2)));
        time.pass(Duration.ofHours(2));
        assertThat(fresh.acquire(NAME, RULE, true).retryAfter()).isGreaterThan(Duration.ofHours(21));
        fresh.coolDown(NAME, Duration.ofHours(2));
        fresh.endCoolDown(NAME);
        redisForgets();
        assertThat(instance("test").state(NAME, RULE).coolDownUntil()).isEmpty();
    }

    @Test
    void aDamagedBudgetIsRestoredFromTheLedger() {
        RequestBudgets budgets = instance("test");
        for (int number = 0; number < 4; number++) {
            assertThat(budgets.acquire(NAME, RULE, true)).isEqualTo(GRANTED);
            time.pass(LONGEST.plus(GAP));
        }
        budgets.coolDown(NAME, Duration.ofHours(2));
        redis.command("SET", "{test}:budget:" + NAME, "garbage");
        RequestBudgets fresh = instance("test");
        assertThat(fresh.state(NAME, RULE).used()).isEqualTo(4);
        redis.command("SET", "{test}:cool-down:" + NAME, "garbage");
        assertThat(fresh.state(NAME, RULE).coolDownUntil()).contains(time.now().plus(Duration.ofHours(2)));
        assertThat(fresh.acquire(NAME, RULE, true).retryAfter()).isGreaterThan(Duration.ofHours(21));
    }

    @Test
    void anotherPrefixIsNoOtherBudget() {
        assertThat(instance("one").acquire(NAME, RULE, false)).isEqualTo(GRANTED);
        for (String prefix : List.of("two", "three")) {
            assertThat(instance(prefix).acquire(NAME, RULE, false)).isEqualTo(waitFor(GAP));
        }
        assertThat(ledger.grants).hasSize(1);
    }

    @Test
    void whatRedisForgotWithoutATraceIsStillRefused() {
        RequestBudgets budgets = instance("test");
        assertThat(budgets.untilGranted(NAME, RULE, false)).isZero();
        // As after a restart of Redis with a copy that is some seconds old.
        ledger.grants.put(1L, time.now());
        assertThat(budgets.acquire(NAME, RULE, false)).isEqualTo(waitFor(GAP));
        assertThat(ledger.grants).hasSize(1);
        time.pass(LONGEST.plus(GAP));
        assertThat(budgets.acquire(NAME, RULE, false)).isEqualTo(GRANTED);
    }

    @Test
    void whatIsReadOfALostBudgetComesFromTheLedger() {
        instance("test").acquire(NAME, RULE, false);
        Instant now = time.now();
        redis.command("FLUSHALL");
        time.set(now);
        assertThat(instance("test").states(List.of(NAME), RULE))
                .extracting(BudgetState::used, BudgetState::lastGranted)
                .containsExactly(tuple(1, Optional.of(now.plus(LONGEST))));
    }

    @Test
    void withoutTheLedgerNothingIsGrantedAndTheGapCounts() {
        RequestBudgets budgets = instance("test");
        budgets.untilGranted(NAME, RULE, false);
        ledger.away = true;
        assertThatThrownBy(() -> budgets.acquire(NAME, RULE, false)).hasMessage("the ledger is away");
        assertThatThrownBy(() -> instance("new").acquire(NAME, RULE, false)).hasMessage("the ledger is away");
        ledger.away = false;
        assertThat(budgets.acquire(NAME, RULE, false)).isEqualTo(waitFor(GAP));
        time.pass(GAP);
        assertThat(budgets.acquire(NAME, RULE, false)).isEqualTo(GRANTED);
    }

    @Test
    void aGrantAndACoolDownOfAClockThatWasAheadAreCorrected() {
        Instant now = time.now();
        time.set(now.plus(Duration.ofDays(365)));
        RequestBudgets budgets = instance("test");
        budgets.acquire(NAME, RULE, false);
        budgets.coolDown(NAME, Duration.ofHours(2));
        time.set(now);
        ledger.grants.replaceAll((number, granted) -> now);

        assertThat(budgets.untilGranted(NAME, RULE, false)).isEqualTo(Duration.ofDays(1));
        assertThat(corrected).containsExactly(NAME);
        assertThat(budgets.state(NAME, RULE).lastGranted()).contains(now);
        budgets.endCoolDown(NAME);
        assertThat(budgets.acquire(NAME, RULE, false)).isEqualTo(waitFor(GAP));
        time.pass(GAP);
        assertThat(budgets.acquire(NAME, RULE, false)).isEqualTo(GRANTED);
        assertThat(corrected).as("said once").hasSize(1);
    }
}
