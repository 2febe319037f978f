package org.trackerreports.core.event;

/** How a request ended, as coarse as a metric's label needs it. */
public enum RequestResult {
    /** An answer, with or without reports. */
    OK,
    /** HTTP 200 with nothing in it. */
    EMPTY,
    /** The session is over. */
    UNAUTHORISED,
    /** Too many requests. */
    OVERLOADED,
    /** Understood and refused. */
    REFUSED,
    /** No complete answer in time. */
    TIMEOUT,
    /** Out of order, or unreachable. */
    UNAVAILABLE,
    /** An answer that cannot be read. */
    UNPARSABLE,
    /** No anisette data, so that nothing was sent. */
    NO_ANISETTE
}
