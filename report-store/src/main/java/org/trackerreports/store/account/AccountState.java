package org.trackerreports.store.account;

/** Whether an account can be used, and what it waits for otherwise. */
public enum AccountState {
    /** The account can be used. */
    READY,
    /** The account can be used again after its cool-down. */
    COOLING_DOWN,
    /** The session is no longer valid. A person has to log in. */
    NEEDS_LOGIN,
    /** The login waits for the verification code that the owner receives. */
    NEEDS_SECOND_FACTOR,
    /** The service locked the account. The owner has to unlock it there. */
    LOCKED,
    /** The owner paused the account. */
    PAUSED;

    /** Whether an account in this state makes requests, now or after its cool-down, without action by a person. */
    public boolean mayAskByItself() {
        return this == READY || this == COOLING_DOWN;
    }
}
