package org.trackerreports.core.account;

import java.time.Duration;
import org.trackerreports.queue.BudgetDecision;
import org.trackerreports.queue.BudgetRule;
import org.trackerreports.queue.BudgetState;
import org.trackerreports.queue.RequestBudgets;

/**
 * The request budgets of the accounts, kept in Redis for all instances. {@link AccountRequests} takes from them before each request.
 * Thread-safe.
 *
 * @param rule how much every account may ask
 */
public record AccountBudget(RequestBudgets budgets, BudgetRule rule) {

    /** Asks for one request; only {@link SharedRequestGate} does. */
    BudgetDecision acquire(String alias, boolean manual) {
        return budgets.acquire(name(alias), rule, manual);
    }

    /** The request that was granted last has ended; the gap to the next one counts from now. */
    void completed(String alias) {
        budgets.completed(name(alias));
    }

    /** Grants nothing for a while. */
    void coolDown(String alias, Duration length) {
        budgets.coolDown(name(alias), length);
    }

    /** How long until a request of the daemon can be made; zero if it can now. Takes nothing. */
    public Duration untilGranted(String alias) {
        return untilGranted(alias, false);
    }

    /** The same; a person may use the reserve. */
    public Duration untilGranted(String alias, boolean manual) {
        return budgets.untilGranted(name(alias), rule, manual);
    }

    /** What is known of the budget. */
    public BudgetState state(String alias) {
        return budgets.state(name(alias), rule);
    }

    private static String name(String alias) {
        return "account:" + alias;
    }
}
