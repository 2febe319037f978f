package org.trackerreports.store.account;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The requests that the budgets of accounts granted. The copy in Redis is faster; this one survives the loss of Redis. All times are
 * measured by the clock of the database, so neither a wrong clock of an instance nor one of Redis matters. Thread-safe.
 *
 * <p>Budgets have names of 1 to 200 characters, without secrets.
 */
public interface RequestLedger {

    /**
     * A grant.
     *
     * @param number what Redis calls it
     * @param age how long ago it was recorded
     */
    record Grant(long number, Duration age) {}

    /**
     * What is recorded of a budget.
     *
     * @param grants the oldest first
     * @param coolDown what is left of the cool-down; zero if there is none
     * @param corrected whether a time was in the future, because the clock had been wrong, and was set to now
     */
    record Recorded(List<Grant> grants, Duration coolDown, boolean corrected) {

        public Recorded {
            grants = List.copyOf(grants);
        }
    }

    /**
     * How often an account may ask.
     *
     * @param minGap the shortest time between two requests
     * @param maxPerDay the most requests within 24 hours
     */
    record Limits(Duration minGap, int maxPerDay) {

        /** The stricter part of each. */
        public Limits strictest(Limits other) {
            return new Limits(
                    minGap.compareTo(other.minGap) >= 0 ? minGap : other.minGap, Math.min(maxPerDay, other.maxPerDay));
        }
    }

    /**
     * Records a grant before it is used, unless what is recorded forbids it. Of several callers at once, only one succeeds.
     *
     * @return false if the gap is not over, the maximum of a day is reached, or the budget cools down; then nothing was recorded
     */
    boolean record(String budget, long number, Limits limits);

    /** What is recorded of the last 24 hours. Corrects times in the future first. */
    Recorded read(String budget);

    /**
     * Starts a cool-down. Of several cool-downs the one that ends last counts.
     *
     * @param length up to one day
     */
    void coolDown(String budget, Duration length);

    /** Ends the cool-down. */
    void endCoolDown(String budget);

    /** Says that an instance runs, and what limits it has. To be repeated; after an hour without a word it no longer counts. */
    void announce(String instance, Limits limits);

    /** Says that an instance has stopped. */
    void withdraw(String instance);

    /** The strictest limits of the instances that run; empty if none does. */
    Optional<Limits> strictest();

    /**
     * The prefix of the keys in Redis that all instances use, because two queues would give the same work twice.
     *
     * @param own the prefix to keep if none is kept yet
     * @return the prefix that is kept
     */
    String queuePrefix(String own);

    /** Replaces the prefix that is kept. */
    void changeQueuePrefix(String prefix);
}
