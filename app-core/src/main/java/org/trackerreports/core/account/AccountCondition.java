package org.trackerreports.core.account;

import java.time.Instant;
import java.util.Optional;
import org.trackerreports.store.account.AccountState;

/** Whether an account can be used now, as the database and the clock say. */
public sealed interface AccountCondition {

    /** What a condition is; a switch over it names them all. */
    enum Kind {
        USABLE,
        COOLING_DOWN,
        WAITING,
        GONE
    }

    /** Which of the conditions this is. */
    Kind kind();

    /** It can be used. */
    record Usable(SignedInAccount account) implements AccountCondition {

        @Override
        public Kind kind() {
            return Kind.USABLE;
        }
    }

    /**
     * It cools down.
     *
     * @param until when it may be used again
     */
    record CoolingDown(Instant until) implements AccountCondition {

        @Override
        public Kind kind() {
            return Kind.COOLING_DOWN;
        }
    }

    /**
     * It waits for a person.
     *
     * @param state what for
     * @param reason why, without secrets
     */
    record Waiting(AccountState state, Optional<String> reason) implements AccountCondition {

        @Override
        public Kind kind() {
            return Kind.WAITING;
        }
    }

    /** There is no such account, or no longer. */
    record Gone() implements AccountCondition {

        @Override
        public Kind kind() {
            return Kind.GONE;
        }
    }
}
