package org.trackerreports.store.account;

/** Whether an account can be used, and what it waits for otherwise. */
public enum AccountState {
    /** May be used. */
    READY,
    /** May be used again after its cool-down. */
    COOLING_DOWN,
    /** Its session is no longer valid. */
    NEEDS_LOGIN,
    /** The login waits for the code that its owner receives. */
    NEEDS_SECOND_FACTOR,
    /** Locked by the service; its owner has to unlock it there. */
    LOCKED,
    /** Paused by its owner. */
    PAUSED
}
