package org.trackerreports.core.account;

import jakarta.inject.Inject;
import java.time.Duration;
import org.trackerreports.queue.BudgetDecision;
import org.trackerreports.queue.BudgetRule;
import org.trackerreports.queue.RequestBudgets;

/**
 * How often an account may be signed in without a person, by all instances together. Too many sign-ins get an account locked, whether
 * or not they succeed; a session normally lasts for weeks. Thread-safe.
 */
final class SignInBudget {

    private static final BudgetRule RULE = new BudgetRule(Duration.ofSeconds(1), 8, Duration.ofDays(1), 0);

    private final RequestBudgets budgets;

    @Inject
    SignInBudget(RequestBudgets budgets) {
        this.budgets = budgets;
    }

    /** Takes one sign-in if the account may. */
    boolean take(String alias) {
        return budgets.acquire("sign-in:" + alias, RULE, false).kind() == BudgetDecision.Kind.GRANTED;
    }
}
