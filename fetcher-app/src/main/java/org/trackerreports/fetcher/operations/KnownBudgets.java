package org.trackerreports.fetcher.operations;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.trackerreports.queue.BudgetState;
import org.trackerreports.store.account.Account;

/**
 * What was read last of the budgets of all accounts. Only some are read at a time, in turn; with few accounts these are all. Used by one
 * thread.
 */
final class KnownBudgets {

    /** With a sample every 5 s, a thousand accounts are read within 100 s. */
    static final int READ_AT_ONCE = 50;

    private final Function<List<Account>, List<BudgetState>> read;
    private final Map<String, BudgetState> known = new HashMap<>();
    private int next;

    KnownBudgets(Function<List<Account>, List<BudgetState>> read) {
        this.read = read;
    }

    /**
     * Reads the next budgets, and forgets those of accounts that are gone.
     *
     * @return the places in the list of those whose budget is another than before
     */
    List<Integer> follow(List<Account> accounts) {
        if (known.size() > accounts.size()) {
            known.keySet().retainAll(accounts.stream().map(Account::alias).collect(Collectors.toSet()));
        }
        int count = Math.min(READ_AT_ONCE, accounts.size());
        List<Account> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(accounts.get((next + i) % accounts.size()));
        }
        List<BudgetState> states = read.apply(some);
        List<Integer> changed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (!states.get(i).equals(known.put(some.get(i).alias(), states.get(i)))) {
                changed.add((next + i) % accounts.size());
            }
        }
        next = count == 0 ? 0 : (next + count) % accounts.size();
        return changed;
    }

    /** Empty until it was read once. */
    Optional<BudgetState> of(Account account) {
        return Optional.ofNullable(known.get(account.alias()));
    }
}
