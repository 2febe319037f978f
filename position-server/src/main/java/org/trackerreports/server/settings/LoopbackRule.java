package org.trackerreports.server.settings;

/** What callers from this machine may do without a token, once there is a token. Before, they may do everything. */
public enum LoopbackRule {
    /** Read. */
    READ,
    /** Everything. */
    ADMIN
}
