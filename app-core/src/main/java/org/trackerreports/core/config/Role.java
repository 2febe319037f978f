package org.trackerreports.core.config;

/** What a daemon does. */
public enum Role {
    /** Asks the service and stores what it answers. Needs Redis, the anisette server and the master key. */
    FETCH,
    /** Judges what is stored: flags, latest positions, transitions and events. Needs only the database. */
    MOVE,
    /** Serves positions over the network: an API, live events and a page. Needs only the database. */
    SERVE,
    /** Tells other programs what is stored and judged. Needs only the database. */
    DELIVER
}
