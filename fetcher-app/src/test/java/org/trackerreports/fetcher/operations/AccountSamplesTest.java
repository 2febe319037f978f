package org.trackerreports.fetcher.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.trackerreports.fetcher.operations.Sample.AccountSample;
import org.trackerreports.fetcher.operations.Sample.Budget;
import org.trackerreports.queue.BudgetRule;
import org.trackerreports.queue.BudgetState;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.store.account.AccountsMark;

class AccountSamplesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Optional<AccountsMark> MARK = Optional.of(new AccountsMark(120, 120, 120));

    private final Map<String, BudgetState> budgets = new HashMap<>();
    private BudgetRule rule = new BudgetRule(Duration.ofMinutes(5), 288, Duration.ofDays(1), 20);
    private boolean redisIsAway;
    private final AccountSamples samples = new AccountSamples(this::read, () -> rule);

    private List<BudgetState> read(List<Account> accounts) {
        if (redisIsAway) {
            throw new IllegalStateException("Redis is away");
        }
        return accounts.stream()
                .map(account ->
                        budgets.getOrDefault(account.alias(), new BudgetState(Optional.empty(), 0, Optional.empty())))
                .toList();
    }

    private static List<Account> accounts(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> Account.create("account-" + number).withState(AccountState.READY))
                .toList();
    }

    @Test
    void makesNothingWhileNothingChanges() {
        List<Account> accounts = accounts(120);
        // 50 budgets are read at a time.
        samples.take(accounts, MARK, NOW);
        samples.take(accounts, MARK, NOW);
        List<AccountSample> known = samples.take(accounts, MARK, NOW);
        assertThat(known).hasSize(120).allMatch(sample -> sample.budget().isPresent());
        for (int time = 1; time <= 10; time++) {
            assertThat(samples.take(accounts, MARK, NOW.plusSeconds(5 * time))).isSameAs(known);
        }
    }

    @Test
    void aBudgetThatIsUsedMakesItsAccountAnewAndNoOther() {
        List<Account> accounts = accounts(40);
        List<AccountSample> before = samples.take(accounts, MARK, NOW);
        budgets.put("account-7", new BudgetState(Optional.of(NOW), 68, Optional.empty()));
        List<AccountSample> after = samples.take(accounts, MARK, NOW.plusSeconds(5));
        assertThat(after).isNotSameAs(before).hasSize(40);
        assertThat(after.get(7).budget())
                .hasValue(new Budget(200, 268, NOW.plus(Duration.ofMinutes(5)), Optional.of(NOW)));
        assertThat(after.get(8)).isSameAs(before.get(8));
        assertThat(before.get(7).budget())
                .as("whoever reads it")
                .hasValueSatisfying(budget -> assertThat(budget.left()).isEqualTo(268));
    }

    @Test
    void aChangeOfAnAccountIsFollowedByItsMark() {
        samples.take(accounts(3), MARK, NOW);
        List<Account> changed = accounts(3).stream()
                .map(account -> account.withState(AccountState.PAUSED))
                .toList();
        assertThat(samples.take(changed, Optional.of(new AccountsMark(3, 6, 3)), NOW))
                .extracting(AccountSample::state)
                .containsOnly(AccountState.PAUSED)
                .hasSize(3);
        assertThat(samples.take(List.of(), Optional.of(new AccountsMark(0, 0, 0)), NOW))
                .isEmpty();
    }

    @Test
    void aCoolDownEndsByTheClockAlone() {
        budgets.put("account-1", new BudgetState(Optional.empty(), 3, Optional.of(NOW.plusSeconds(60))));
        List<Account> accounts = accounts(3);
        assertThat(samples.take(accounts, MARK, NOW).get(1).state()).isEqualTo(AccountState.COOLING_DOWN);
        assertThat(samples.take(accounts, MARK, NOW.plusSeconds(59)).get(1).state())
                .isEqualTo(AccountState.COOLING_DOWN);
        assertThat(samples.take(accounts, MARK, NOW.plusSeconds(60)).get(1).state())
                .isEqualTo(AccountState.READY);
    }

    @Test
    void stricterLimitsHoldForAll() {
        List<Account> accounts = accounts(3);
        samples.take(accounts, MARK, NOW);
        rule = new BudgetRule(Duration.ofMinutes(5), 100, Duration.ofDays(1), 20);
        assertThat(samples.take(accounts, MARK, NOW))
                .allMatch(sample -> sample.budget().orElseThrow().max() == 80);
    }

    @Test
    void budgetsAreUnknownWhileRedisIsAwayAndKnownAgainAfterwards() {
        List<Account> accounts = accounts(3);
        samples.take(accounts, MARK, NOW);
        redisIsAway = true;
        assertThatThrownBy(() -> samples.take(accounts, MARK, NOW)).hasMessage("Redis is away");
        List<AccountSample> unknown = samples.takeWithoutBudgets(accounts, MARK, NOW);
        assertThat(unknown).hasSize(3).allMatch(sample -> sample.budget().isEmpty());
        assertThat(samples.takeWithoutBudgets(accounts, MARK, NOW.plusSeconds(5)))
                .isSameAs(unknown);
        redisIsAway = false;
        assertThat(samples.take(accounts, MARK, NOW))
                .allMatch(sample -> sample.budget().isPresent());
    }
}
