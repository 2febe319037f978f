package org.trackerreports.store.account;

import java.util.Optional;

/**
 * Result of saving an account.
 *
 * <p>Switch over {@link #kind} without a default branch: the compiler then reports an outcome that a new version adds.
 */
public sealed interface SaveOutcome {

    /** One for each record. */
    enum Kind {
        SAVED,
        OUTDATED
    }

    /** Which outcome this is. */
    Kind kind();

    /** The account as it is stored now; empty if it was removed. */
    Optional<Account> current();

    /**
     * The account is stored.
     *
     * @param account with its id and its new version
     */
    record Saved(Account account) implements SaveOutcome {

        @Override
        public Kind kind() {
            return Kind.SAVED;
        }

        @Override
        public Optional<Account> current() {
            return Optional.of(account);
        }
    }

    /**
     * Another instance saved or removed the account after it was read. Nothing changed.
     *
     * @param current the account as it is stored now; empty if it was removed
     */
    record Outdated(Optional<Account> current) implements SaveOutcome {

        @Override
        public Kind kind() {
            return Kind.OUTDATED;
        }
    }
}
