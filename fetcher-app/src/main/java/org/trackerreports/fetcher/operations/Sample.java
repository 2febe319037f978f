package org.trackerreports.fetcher.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.trackerreports.queue.QueueStatistics;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.store.feed.FeedLag;
import org.trackerreports.store.schema.DatabaseProblem;
import org.trackerreports.store.sink.SinkState;

/**
 * The state of the database, Redis and the accounts at one time.
 *
 * @param at the time
 * @param databaseFailure why the database is unavailable; empty if it is available
 * @param databaseProblems what keeps reports from being stored, or the history from being brought up to date
 * @param queueFailure why Redis is unavailable; empty if it is available, or the daemon has not the role that needs it
 * @param trackers the number of trackers; empty until it was counted once
 * @param feed how far the feed is judged; empty until it was looked at once
 * @param queue the statistics of the queue; empty if Redis is unavailable or not needed
 * @param oldestAttempt the time since the last attempt for the longest overdue tracker; empty if none is due
 * @param sinks the programs that are told of positions; none without the role deliver
 * @param accounts all accounts; those of the last answer while the database is unavailable
 */
record Sample(
        Instant at,
        Optional<String> databaseFailure,
        List<DatabaseProblem> databaseProblems,
        Optional<String> queueFailure,
        Optional<TrackerNumbers> trackers,
        Optional<FeedSample> feed,
        Optional<QueueStatistics> queue,
        Optional<Duration> oldestAttempt,
        List<SinkSample> sinks,
        List<AccountSample> accounts) {

    /** Of more accounts, only those that need a look are shown one by one: nobody could look at thousands, and telling them takes long. */
    static final int MOST_ACCOUNTS = 200;

    /** Whether the daemon needs Redis. */
    boolean needsQueue() {
        return queue.isPresent() || queueFailure.isPresent();
    }

    /**
     * How far the feed is judged.
     *
     * @param lagEvents how many events are not judged
     * @param lag since the oldest of them was stored
     * @param judged whether a process with the role move was heard of within the last three minutes
     * @param storedBefore how many trackers have reports from before there was a judgement, which wait for it
     */
    record FeedSample(long lagEvents, Duration lag, boolean judged, long storedBefore) {}

    /** How it goes with a sink, and what waits for it. */
    record SinkSample(SinkState state, FeedLag lag) {}

    /** The number of trackers in the database. */
    record TrackerNumbers(long enabled, long disabled) {}

    /**
     * An account.
     *
     * @param lastError why it cannot be used; without secrets
     * @param budget its request budget; empty if Redis is unavailable
     */
    record AccountSample(String alias, AccountState state, Optional<String> lastError, Optional<Budget> budget) {

        /** Whether it may make a request now. */
        boolean mayAsk(Instant now) {
            return state == AccountState.READY
                    && budget.filter(known ->
                                    known.left() > 0 && !known.nextRequest().isAfter(now))
                            .isPresent();
        }
    }

    /**
     * The request budget of an account.
     *
     * @param left the number of requests that the daemon may still make in the period
     * @param max the number of requests that it may make in a period
     * @param nextRequest when the minimum gap and the cool-down are over; later if no request is left
     * @param lastRequest when the last request was made
     */
    record Budget(int left, int max, Instant nextRequest, Optional<Instant> lastRequest) {}
}
