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
 * What was read last of the budgets of all accounts. Reading one takes a call to Redis, so only some are read at a time, in turn; with few
 * accounts these are all. Used by one thread.
 */
final class KnownBudgets {

    /** With a sample every 5 s, a thousand accounts are read within 100 s. */
    static final int READ_AT_ONCE = 50;

    private final Function<Account, BudgetState> read;
    private final Map<String, BudgetState> known = new HashMap<>();
    private int next;

    KnownBudgets(Function<Account, BudgetState> read) {
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
        List<Integer> changed = new ArrayList<>();
        int count = Math.min(READ_AT_ONCE, accounts.size());
        for (int i = 0; i < count; i++) {
            int place = (next + i) % accounts.size();
            Account account = accounts.get(place);
            BudgetState state = read.apply(account);
            if (!state.equals(known.put(account.alias(), state))) {
                changed.add(place);
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
