package org.trackerreports.queue;

/** How work succeeded. */
public enum Completion {
    /** Something was found. */
    FOUND,
    /** All went well, but there was nothing. Can slow the id down, see {@link QueueSettings#afterNothingFound()}. */
    NOTHING_FOUND
}
