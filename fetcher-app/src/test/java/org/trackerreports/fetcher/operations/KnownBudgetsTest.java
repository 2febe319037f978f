package org.trackerreports.fetcher.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.trackerreports.queue.BudgetState;
import org.trackerreports.store.account.Account;

class KnownBudgetsTest {

    private final List<String> read = new ArrayList<>();
    private final KnownBudgets budgets =
            new KnownBudgets(some -> some.stream().map(this::state).toList());

    private BudgetState state(Account account) {
        read.add(account.alias());
        return new BudgetState(Optional.empty(), read.size(), Optional.empty());
    }

    private static List<Account> accounts(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> Account.create("account-" + number))
                .toList();
    }

    @Test
    void readsAllOfAFewEachTime() {
        List<Account> few = accounts(3);
        budgets.follow(few);
        budgets.follow(few);
        assertThat(read).containsExactly("account-0", "account-1", "account-2", "account-0", "account-1", "account-2");
        assertThat(budgets.of(few.get(1)).orElseThrow().used()).isEqualTo(5);
    }

    @Test
    void readsManyInTurn() {
        List<Account> many = accounts(120);
        budgets.follow(many);
        assertThat(read).hasSize(50);
        assertThat(budgets.of(many.get(60))).isEmpty();
        budgets.follow(many);
        budgets.follow(many);
        assertThat(read).hasSize(150);
        assertThat(new HashSet<>(read)).hasSize(120);
        assertThat(budgets.of(many.get(119))).isPresent();
    }

    @Test
    void forgetsAccountsThatAreGone() {
        List<Account> all = accounts(60);
        budgets.follow(all);
        budgets.follow(all.subList(0, 1));
        assertThat(budgets.of(all.get(1))).isEmpty();
        assertThat(budgets.of(all.get(0))).isPresent();
        budgets.follow(List.of());
        assertThat(budgets.of(all.get(0))).isEmpty();
    }
}
