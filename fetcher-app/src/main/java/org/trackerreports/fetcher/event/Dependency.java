package org.trackerreports.fetcher.event;

/** A service that the daemon depends on. */
public enum Dependency {
    DATABASE,
    QUEUE
}
