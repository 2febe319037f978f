package org.trackerreports.core.account;

import java.time.Duration;
import java.util.function.Supplier;
import org.trackerreports.queue.BudgetDecision;
import org.trackerreports.queue.BudgetRule;
import org.trackerreports.queue.BudgetState;
import org.trackerreports.queue.RequestBudgets;

/**
 * What an account may ask, kept in Redis for all instances. Every request to the report service is made by {@link #request}, whoever
 * makes it and why, so none can be made that was not granted. Thread-safe.
 */
public final class AccountBudget {

    private final RequestBudgets budgets;
    private final BudgetRule rule;

    public AccountBudget(RequestBudgets budgets, BudgetRule rule) {
        this.budgets = budgets;
        this.rule = rule;
    }

    /** Whether a request was made. */
    public sealed interface Budgeted<T> {}

    /** It was. */
    public record Made<T>(T answer) implements Budgeted<T> {}

    /** It was not; the account may ask after this time, if nobody else asks before. */
    public record MustWait<T>(Duration duration) implements Budgeted<T> {}

    /**
     * Makes a request if the account may; the gap to the next one counts from its end.
     *
     * @param byHand whether a person asks, who may use the reserve
     * @param request makes exactly one request
     */
    public <T> Budgeted<T> request(String alias, boolean byHand, Supplier<T> request) {
        BudgetDecision decision = budgets.acquire(name(alias), rule, byHand);
        return switch (decision.kind()) {
            case GRANTED -> new Made<>(granted(alias, request));
            case DENIED -> new MustWait<>(decision.retryAfter());
        };
    }

    private <T> T granted(String alias, Supplier<T> request) {
        try {
            return request.get();
        } finally {
            budgets.completed(name(alias));
        }
    }

    /** How long until a request that nobody waits for can be made; zero if it can now. Takes nothing. */
    public Duration untilGranted(String alias) {
        return untilGranted(alias, false);
    }

    /** The same; a person may use the reserve. */
    public Duration untilGranted(String alias, boolean byHand) {
        return budgets.untilGranted(name(alias), rule, byHand);
    }

    /** Grants nothing for a while. */
    public void rest(String alias, Duration rest) {
        budgets.coolDown(name(alias), rest);
    }

    /** How much every account may ask. */
    public BudgetRule rule() {
        return rule;
    }

    /** What is known of the budget. */
    public BudgetState state(String alias) {
        return budgets.state(name(alias), rule);
    }

    private static String name(String alias) {
        return "account:" + alias;
    }
}
