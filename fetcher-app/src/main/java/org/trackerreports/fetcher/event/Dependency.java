package org.trackerreports.fetcher.event;

/** What the daemon cannot work without. */
public enum Dependency {
    DATABASE,
    QUEUE
}
