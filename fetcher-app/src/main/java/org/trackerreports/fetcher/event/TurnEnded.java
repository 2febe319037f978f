package org.trackerreports.fetcher.event;

import java.time.Duration;
import org.trackerreports.core.event.AccountChanged;

/**
 * The worker of an account looked for work.
 *
 * @param account the account's alias
 * @param work what it did, or why it did nothing
 * @param next in how long it looks again; if it waits for the budget, that is the wait or less
 */
public record TurnEnded(String account, Work work, Duration next) {

    /** What became of the turn. */
    public enum Work {
        /** A request was made. */
        ASKED,
        /** No tracker is due. */
        NOTHING_DUE,
        /** The account's budget or a cool-down makes it wait. */
        MUST_WAIT,
        /** The account waits for a person, see {@link AccountChanged}. */
        ACCOUNT_NOT_READY,
        /** So many answers wait for the database that no more are asked for. */
        SPOOL_FULL,
        /** The database or Redis is away, or a mistake in the program ended the turn. */
        FAILED
    }
}
