package org.trackerreports.fetcher.operations;

import java.time.Duration;
import org.trackerreports.core.time.Times;

/**
 * How long nothing may happen before something is wrong.
 *
 * @param fetchInterval the smallest gap between two requests of one account
 * @param requestInterval the usual time between two requests for one tracker
 * @param verifyInterval how often the queue is filled if it is empty
 * @param heartbeatTimeout the keeper of the queue beats three times as often
 */
record HealthRules(
        Duration fetchInterval, Duration requestInterval, Duration verifyInterval, Duration heartbeatTimeout) {

    /** A turn ends within this time after it begins: one request with renewal, decryption and storing. */
    private static final Duration MAX_TURN = Duration.ofMinutes(5);

    /** While work is due and an account may ask, a worker asks within a minute. */
    private static final Duration MAX_STALL = Duration.ofMinutes(5);

    private static final Duration MIN_FAILING_REQUESTS = Duration.ofMinutes(15);

    /** How often the daemon looks around. */
    static final Duration LOOK = Duration.ofSeconds(5);

    /** How long a look may take while everything hangs: the database's and Redis' patience together. */
    Duration lookLimit() {
        return Duration.ofMinutes(1);
    }

    /** An embedded database that is made or migrated takes its time. */
    Duration startLimit() {
        return Duration.ofMinutes(10);
    }

    Duration turnLimit() {
        return MAX_TURN;
    }

    Duration stallLimit() {
        return MAX_STALL;
    }

    /** A long verification holds up the beats, but not for longer than this. */
    Duration keeperLimit() {
        return heartbeatTimeout.plus(MAX_TURN);
    }

    /** Failures in a row for so long are more than a bad moment. */
    Duration failingRequestsLimit() {
        return Times.max(MIN_FAILING_REQUESTS, fetchInterval.multipliedBy(3));
    }

    Duration emptyQueueLimit() {
        return verifyInterval.plusMinutes(1);
    }

    /** A tracker that waits longer than this shows that the accounts do not suffice. */
    Duration coverageLimit() {
        return requestInterval.multipliedBy(3);
    }
}
