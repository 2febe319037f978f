package org.trackerreports.fetcher.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.trackerreports.queue.QueueStatistics;
import org.trackerreports.store.account.AccountState;

/**
 * What a look around showed: the database, Redis and the accounts at one time.
 *
 * @param at when
 * @param databaseTrouble why the database does not answer; empty if it does
 * @param queueTrouble why Redis does not answer; empty if it does
 * @param trackers how many there are; empty until the database told it once
 * @param queue the queue's figures; empty if Redis does not answer
 * @param oldestAttempt how long ago the tracker whose turn is longest overdue was last tried; empty if none is due
 * @param accounts all accounts; those of the last answer while the database is away
 */
record Sample(
        Instant at,
        Optional<String> databaseTrouble,
        Optional<String> queueTrouble,
        Optional<TrackerNumbers> trackers,
        Optional<QueueStatistics> queue,
        Optional<Duration> oldestAttempt,
        List<AccountSample> accounts) {

    /** Trackers in the database. */
    record TrackerNumbers(long enabled, long disabled) {}

    /**
     * An account.
     *
     * @param lastError why it cannot be used, without secrets
     * @param budget what it may ask; empty if Redis does not answer
     */
    record AccountSample(String alias, AccountState state, Optional<String> lastError, Optional<Budget> budget) {

        /** Whether it may ask right now. */
        boolean mayAsk(Instant now) {
            return state == AccountState.READY
                    && budget.filter(known ->
                                    known.left() > 0 && !known.nextRequest().isAfter(now))
                            .isPresent();
        }
    }

    /**
     * What an account may ask.
     *
     * @param left requests that the daemon may still make within the period
     * @param most requests that it may make within a period altogether
     * @param nextRequest when gap and cool-down are over; if nothing is left the next one is later
     * @param lastRequest when somebody asked last
     */
    record Budget(int left, int most, Instant nextRequest, Optional<Instant> lastRequest) {}
}
