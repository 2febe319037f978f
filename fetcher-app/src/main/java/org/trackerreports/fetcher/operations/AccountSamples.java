package org.trackerreports.fetcher.operations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.trackerreports.core.time.Times;
import org.trackerreports.fetcher.operations.Sample.AccountSample;
import org.trackerreports.fetcher.operations.Sample.Budget;
import org.trackerreports.queue.BudgetRule;
import org.trackerreports.queue.BudgetState;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.AccountsMark;

/**
 * The part of a sample that is about accounts. It is made again only where something changed: with thousands of accounts that do nothing, that
 * would be most of what a daemon does. Used by one thread.
 */
final class AccountSamples {

    /** What all of them follow from; without a rule, budgets are unknown. */
    private record Basis(Optional<AccountsMark> mark, Optional<BudgetRule> rule) {}

    private final KnownBudgets known;
    private final Supplier<BudgetRule> rule;
    private Optional<Basis> basis = Optional.empty();
    private List<AccountSample> samples = List.of();
    private Instant nextCoolDownEnd = Instant.MAX;

    /**
     * Knows none yet.
     *
     * @param read reads the budgets of some accounts, in their order
     * @param rule how much each account may ask
     */
    AccountSamples(Function<List<Account>, List<BudgetState>> read, Supplier<BudgetRule> rule) {
        this.known = new KnownBudgets(read);
        this.rule = rule;
    }

    /**
     * Reads some of the budgets.
     *
     * @param accounts all of them
     * @param mark another one whenever one of them changed
     * @return a sample of each account; the same list as before if nothing changed
     */
    List<AccountSample> take(List<Account> accounts, Optional<AccountsMark> mark, Instant now) {
        List<Integer> changed = known.follow(accounts);
        return follow(accounts, new Basis(mark, Optional.of(rule.get())), changed, now);
    }

    /** The same while budgets cannot be read. */
    List<AccountSample> takeWithoutBudgets(List<Account> accounts, Optional<AccountsMark> mark, Instant now) {
        return follow(accounts, new Basis(mark, Optional.empty()), List.of(), now);
    }

    private List<AccountSample> follow(List<Account> accounts, Basis current, List<Integer> changed, Instant now) {
        if (!basis.equals(Optional.of(current)) || !now.isBefore(nextCoolDownEnd)) {
            nextCoolDownEnd = Instant.MAX;
            samples = accounts.stream()
                    .map(account -> sample(account, current.rule(), now))
                    .toList();
            basis = Optional.of(current);
        } else if (!changed.isEmpty()) {
            List<AccountSample> next = new ArrayList<>(samples);
            changed.forEach(place -> next.set(place, sample(accounts.get(place), current.rule(), now)));
            samples = List.copyOf(next);
        }
        return samples;
    }

    private AccountSample sample(Account account, Optional<BudgetRule> limits, Instant now) {
        Optional<BudgetState> state = limits.isEmpty() ? Optional.empty() : known.of(account);
        Instant coolDownUntil = Times.max(
                account.coolDownUntil().orElse(Instant.EPOCH),
                state.flatMap(BudgetState::coolDownUntil).orElse(Instant.EPOCH));
        if (now.isBefore(coolDownUntil)) {
            nextCoolDownEnd = Times.min(nextCoolDownEnd, coolDownUntil);
        }
        return new AccountSample(
                account.alias(),
                account.withCoolDownUntil(Optional.of(coolDownUntil)).stateAt(now),
                account.lastError(),
                limits.flatMap(budgetRule -> state.map(read -> budget(budgetRule, read, coolDownUntil))));
    }

    private static Budget budget(BudgetRule rule, BudgetState state, Instant coolDownUntil) {
        int max = rule.maxPerPeriod() - rule.manualReserve();
        Instant afterGap =
                state.lastGranted().map(last -> last.plus(rule.minGap())).orElse(Instant.EPOCH);
        return new Budget(
                Math.max(0, max - state.used()), max, Times.max(afterGap, coolDownUntil), state.lastGranted());
    }
}
