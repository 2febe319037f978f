package org.trackerreports.core.account;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.queue.BudgetLedger;
import org.trackerreports.queue.BudgetRule;
import org.trackerreports.store.account.RequestLedger;
import org.trackerreports.store.account.RequestLedger.Limits;
import org.trackerreports.store.account.RequestLedger.Recorded;

/**
 * Keeps the grants of the budgets in the database. While it is unavailable, nothing is granted: without it nobody could tell what other
 * instances, or a Redis that is gone, have granted. Thread-safe.
 */
public record DatabaseLedger(RequestLedger requests) implements BudgetLedger {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseLedger.class);

    @Override
    public boolean record(String budget, long number, BudgetRule rule) {
        return requests.record(budget, number, new Limits(rule.minGap(), rule.maxPerPeriod()));
    }

    @Override
    public Content read(String budget) {
        Recorded recorded = requests.read(budget);
        if (recorded.corrected()) {
            LOG.warn("The database has a request of an account in the future, so its clock was wrong. The account waits"
                    + " as if that request was made now. Check the clock of the database server.");
        }
        return new Content(
                recorded.grants().stream()
                        .map(grant -> new Grant(grant.number(), grant.age()))
                        .toList(),
                recorded.coolDown());
    }

    @Override
    public void coolDown(String budget, Duration length) {
        requests.coolDown(budget, length);
    }

    @Override
    public void endCoolDown(String budget) {
        requests.endCoolDown(budget);
    }
}
