package org.trackerreports.fetcher.event;

import java.time.Duration;
import org.trackerreports.core.event.AccountChanged;

/**
 * The worker of an account ended a turn.
 *
 * @param account the account's alias
 * @param work what it did
 * @param next how long it waits before its next turn
 */
public record TurnEnded(String account, Work work, Duration next) {

    /** The result of a turn. */
    public enum Work {
        /** It made a request. */
        ASKED,
        /** No tracker is due. */
        NOTHING_DUE,
        /** The account must wait for its budget or its cool-down. */
        MUST_WAIT,
        /** The account needs a person, see {@link AccountChanged}. */
        ACCOUNT_NOT_READY,
        /** The spool is full. */
        SPOOL_FULL,
        /** The database or Redis is unavailable, or the turn failed unexpectedly. */
        FAILED
    }
}
