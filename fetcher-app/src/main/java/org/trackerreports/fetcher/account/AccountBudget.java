package org.trackerreports.fetcher.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.trackerreports.queue.BudgetAnswer;
import org.trackerreports.queue.BudgetRule;
import org.trackerreports.queue.BudgetState;
import org.trackerreports.queue.RequestBudgets;

/**
 * What an account may ask, kept in Redis for all instances. Every single request to the report service passes {@link #take} first,
 * whoever makes it and why. Thread-safe.
 */
public final class AccountBudget {

    private final RequestBudgets budgets;
    private final BudgetRule rule;

    public AccountBudget(RequestBudgets budgets, BudgetRule rule) {
        this.budgets = budgets;
        this.rule = rule;
    }

    /**
     * Takes one request.
     *
     * @param byHand whether a person asks, who may use the reserve
     * @return empty if it was granted; else how long to wait before trying again
     */
    public Optional<Duration> take(String alias, boolean byHand) {
        BudgetAnswer answer = budgets.take(name(alias), rule, byHand);
        return answer instanceof BudgetAnswer.Wait wait ? Optional.of(wait.duration()) : Optional.empty();
    }

    /** Grants nothing until then. */
    public void coolDown(String alias, Instant until) {
        budgets.coolDown(name(alias), until);
    }

    /** What is known of the budget. */
    public BudgetState state(String alias) {
        return budgets.state(name(alias), rule);
    }

    private static String name(String alias) {
        return "account:" + alias;
    }
}
