package org.trackerreports.core.event;

/** What the daemon cannot work without. */
public enum Dependency {
    DATABASE,
    QUEUE
}
