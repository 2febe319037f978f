package org.trackerreports.queue;

/** The result of successful work. */
public enum Completion {
    /** Something was found. */
    FOUND,
    /** Nothing was found. This can delay the next turn, see {@link QueueSettings#afterNothingFound()}. */
    NOTHING_FOUND
}
