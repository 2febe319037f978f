package org.trackerreports.fetcher.operations;

import java.time.Duration;
import java.util.Set;
import org.trackerreports.core.config.Role;

/**
 * The time limits of the health checks.
 *
 * @param roles what this daemon does
 * @param requestInterval the time between two requests for one tracker
 * @param verifyInterval how often the queue is reconciled, and filled if it is empty
 * @param heartbeatTimeout after which an instance is considered dead; heartbeats are sent three times as often;
 *     of the role fetch
 */
record HealthRules(Set<Role> roles, Duration requestInterval, Duration verifyInterval, Duration heartbeatTimeout) {

    /** The maximum duration of a turn: a request with renewal of the session, decryption and storing. */
    private static final Duration MAX_TURN = Duration.ofMinutes(5);

    /** A worker makes a request within a minute while trackers are due and an account may make one. */
    private static final Duration MAX_STALL = Duration.ofMinutes(5);

    /** A tracker whose whole history has to be judged at once takes long. */
    private static final Duration MAX_STEP = Duration.ofMinutes(10);

    /** How often the daemon takes a sample. */
    static final Duration SAMPLE_PERIOD = Duration.ofSeconds(5);

    /** A sample takes as long as the timeouts of the database and of Redis together, if both hang. */
    Duration sampleLimit() {
        return Duration.ofMinutes(1);
    }

    /** Creating or migrating an embedded database takes long. */
    Duration startLimit() {
        return Duration.ofMinutes(10);
    }

    Duration turnLimit() {
        return MAX_TURN;
    }

    Duration stepLimit() {
        return MAX_STEP;
    }

    Duration stallLimit() {
        return MAX_STALL;
    }

    /** A long reconciliation delays heartbeats, but not longer than this. */
    Duration heartbeatLimit() {
        return heartbeatTimeout.plus(MAX_TURN);
    }

    Duration emptyQueueLimit() {
        return verifyInterval.plusMinutes(1);
    }

    /** A tracker that waits longer shows that there are too few accounts. */
    Duration coverageLimit() {
        return requestInterval.multipliedBy(3);
    }
}
