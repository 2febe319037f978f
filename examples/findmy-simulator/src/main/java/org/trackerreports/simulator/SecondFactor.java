package org.trackerreports.simulator;

/** What an account requires in addition to the password, on a machine that it does not trust yet. */
public enum SecondFactor {
    /** Nothing. */
    NONE,
    /** A code by text message. */
    SMS,
    /** A code shown on the user's other devices; a text message is possible too. */
    TRUSTED_DEVICE
}
