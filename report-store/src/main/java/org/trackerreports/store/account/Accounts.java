package org.trackerreports.store.account;

import java.util.List;
import java.util.Optional;

/** The accounts and their sessions; the secret parts are stored encrypted. Thread-safe. */
public interface Accounts {

    /** Finds an account by its alias. */
    Optional<Account> find(String alias);

    /** All accounts, sorted by alias. */
    List<Account> list();

    /** What shows that any account was added, changed or removed. Costs little however many there are, so it may be called often. */
    AccountsMark mark();

    /** What shows which accounts were added, changed or removed. Reads no secrets. */
    List<AccountVersion> versions();

    /**
     * Stores an account, unless another instance stored it after it was read. So an instance that did not see a newer session cannot
     * overwrite it. An account of version 0 is added. A cool-down that ends more than a day after the time of the database is cut to a
     * day, because it comes from a clock that is ahead.
     */
    SaveOutcome save(Account account);

    /**
     * Pauses an account until {@link #resume}. Its version changes, so an instance that read it before cannot save it any more and make
     * it usable by accident.
     *
     * @return the account as it is now; empty if there is no account with this alias
     */
    Optional<Account> pause(String alias);

    /**
     * Makes an account usable again after {@link #pause}, or after its owner unlocked it: it becomes ready if it has a session, and needs
     * a login otherwise. The cool-down is kept.
     *
     * @return the account as it is now; empty if there is no account with this alias
     */
    Optional<Account> resume(String alias);

    /**
     * Removes an account and its session.
     *
     * @return false if there is no account with this alias
     */
    boolean remove(String alias);
}
