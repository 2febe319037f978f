package org.trackerreports.core.account;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.findmy.fetch.RequestGate;
import org.trackerreports.queue.BudgetDecision;
import org.trackerreports.queue.QueueUnavailableException;
import org.trackerreports.store.error.StoreException;

/**
 * The budget of one Apple account that all instances share. Cool-downs are also stored with its alias, so that people see them.
 * Thread-safe.
 *
 * @param alias its name here
 */
record SharedRequestGate(
        String alias, AppleAccountDigest account, boolean manual, AccountBudget budget, AccountStates states)
        implements RequestGate {

    private static final Logger LOG = LoggerFactory.getLogger(SharedRequestGate.class);

    @Override
    public Permission acquire() {
        BudgetDecision decision = budget.acquire(account, manual);
        return switch (decision.kind()) {
            case GRANTED -> new Granted();
            case DENIED ->
                new MustWait(decision.retryAfter(), "the budget of account " + alias + " is used up for now");
        };
    }

    /** Must not throw: the answer cost budget and would be lost. */
    @Override
    public void completed(boolean answered) {
        try {
            budget.completed(account);
        } catch (QueueUnavailableException e) {
            // Then the gap begins when the longest request would have ended, which is later.
            LOG.debug("Account {}: the end of a request could not be recorded.", alias, e);
        }
        if (answered) {
            try {
                states.answered(alias);
            } catch (StoreException e) {
                LOG.debug("Account {}: that it answers again could not be stored; the next answer does so.", alias, e);
            }
        }
    }

    @Override
    public void coolDown(Duration wait, String reason) {
        try {
            budget.coolDown(account, wait);
        } finally {
            states.coolDown(alias, wait, reason);
        }
    }
}
