package org.trackerreports.fetcher.daemon;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.time.Times;

/**
 * Tells until when and why an account waits for its budget, unless that is the usual gap after a request of its own. Used by one thread.
 */
final class BudgetWaits {

    private static final Logger LOG = LoggerFactory.getLogger(BudgetWaits.class);

    /** Redis' clock and this one differ a little, and so do two answers about the same time. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private final String alias;
    private boolean afterRequest;
    private Optional<Instant> known = Optional.empty();

    BudgetWaits(String alias) {
        this.alias = alias;
    }

    /** A request was made: a gap follows. */
    void asked() {
        afterRequest = true;
    }

    /** The budget allows no request before an instant. */
    void budgetAllows(Instant next) {
        if (known.isPresent() && next.isAfter(known.get().plus(TOLERANCE))) {
            LOG.info(
                    "Account {}: no request before {}, later than before: another program used the budget, or Redis lost it, and"
                            + " then the last request counts as ended late.",
                    alias,
                    Times.text(next));
        } else if (known.isEmpty() && !afterRequest) {
            LOG.info("Account {}: no request before {}: its budget allows none earlier.", alias, Times.text(next));
        }
        known = Optional.of(next);
    }

    /** The budget allows a request now. */
    void over() {
        afterRequest = false;
        known = Optional.empty();
    }
}
