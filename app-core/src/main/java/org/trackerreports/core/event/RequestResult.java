package org.trackerreports.core.event;

/** The result of a request, for the label of a metric. */
public enum RequestResult {
    /** The service answered, with or without reports. */
    OK,
    /** HTTP 200 with an empty body. */
    EMPTY,
    /** The session has expired. */
    UNAUTHORISED,
    /** Too many requests. */
    OVERLOADED,
    /** The service refused the request. */
    REFUSED,
    /** No complete answer in time. */
    TIMEOUT,
    /** The service failed or could not be reached. */
    UNAVAILABLE,
    /** The answer could not be parsed. */
    UNPARSABLE,
    /** There was no anisette data, so nothing was sent. */
    NO_ANISETTE
}
