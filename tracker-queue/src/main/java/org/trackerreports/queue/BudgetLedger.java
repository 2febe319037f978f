package org.trackerreports.queue;

import java.time.Duration;
import java.util.List;

/**
 * Where {@link RequestBudgets} keep their grants beside Redis, such as a database, so that no loss of Redis forgets them. Redis answers
 * first, and asks the ledger only before a grant is used and after Redis lost its data. An implementation must be thread-safe, and
 * must measure ages by a clock that all instances share. What it throws ends the call, and nothing is granted.
 */
public interface BudgetLedger {

    /** Keeps nothing. */
    BudgetLedger NONE = new BudgetLedger() {
        @Override
        public boolean keepsGrants() {
            return false;
        }

        @Override
        public boolean record(String budget, long number, BudgetRule rule) {
            return true;
        }

        @Override
        public Content read(String budget) {
            return new Content(List.of(), Duration.ZERO);
        }

        @Override
        public void coolDown(String budget, Duration length) {
            // Redis alone knows.
        }

        @Override
        public void endCoolDown(String budget) {
            // Redis alone knows.
        }
    };

    /**
     * A grant.
     *
     * @param number its number in Redis
     * @param age how long ago it was recorded
     */
    record Grant(long number, Duration age) {}

    /**
     * What is known of a budget.
     *
     * @param grants those of the period
     * @param coolDown what is left of the cool-down; zero if there is none
     */
    record Content(List<Grant> grants, Duration coolDown) {

        public Content {
            grants = List.copyOf(grants);
        }

        boolean isEmpty() {
            return grants.isEmpty() && coolDown.isZero();
        }
    }

    /** Whether this ledger knows later what it recorded. */
    default boolean keepsGrants() {
        return true;
    }

    /**
     * Records a grant durably, unless the rule forbids it by what is recorded. Of several callers at once only one succeeds.
     *
     * @return false if nothing was recorded, because Redis forgot grants that the ledger has
     */
    boolean record(String budget, long number, BudgetRule rule);

    /** What is recorded. */
    Content read(String budget);

    /** Records a cool-down; of several the one that ends last counts. */
    void coolDown(String budget, Duration length);

    /** Records that the cool-down has ended. */
    void endCoolDown(String budget);
}
