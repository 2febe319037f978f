package org.trackerreports.fetcher.daemon;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.account.AccountBudget;
import org.trackerreports.core.account.AccountStates;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.FetchOutcome.Refused;
import org.trackerreports.findmy.fetch.FetchOutcome.TooManyRequests;

/**
 * What an account does after an answer that is none: it waits, longer each time, for all instances together. Trying faster is what
 * gets accounts banned. Runs on the worker's thread.
 */
final class ServiceTrouble {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceTrouble.class);
    private static final Duration LONGEST = Duration.ofHours(2);
    private static final Duration AFTER_REFUSAL = Duration.ofHours(1);
    private static final Duration AFTER_TOO_MANY = Duration.ofMinutes(15);
    private static final IntervalFunction WAIT =
            IntervalFunction.ofExponentialRandomBackoff(Duration.ofSeconds(30), 2.0, 0.2, LONGEST);

    private final String alias;
    private final AccountBudget budget;
    private final AccountStates states;
    private int inARow;

    ServiceTrouble(String alias, AccountBudget budget, AccountStates states) {
        this.alias = alias;
        this.budget = budget;
        this.states = states;
    }

    /** The service answered. */
    void over() {
        if (inARow > 0) {
            LOG.info("Account {}: the service answers again after {} failed requests.", alias, inARow);
        }
        inARow = 0;
        states.answered(alias);
    }

    /** The service did not answer as it should. */
    void met(FetchOutcome outcome) {
        inARow++;
        Duration wait = wait(outcome);
        budget.rest(alias, wait);
        states.rest(alias, wait, outcome.message());
        LOG.debug(
                "Account {}: {}, failure {} in a row; waiting {} s.",
                alias,
                outcome.message(),
                inARow,
                wait.toSeconds());
    }

    private Duration wait(FetchOutcome outcome) {
        Duration growing = Duration.ofMillis(WAIT.apply(Math.min(inARow, 20)));
        if (outcome instanceof TooManyRequests tooMany) {
            return longer(growing, tooMany.retryAfter().orElse(AFTER_TOO_MANY));
        }
        return outcome instanceof Refused ? longer(growing, AFTER_REFUSAL) : growing;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
