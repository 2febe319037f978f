package org.trackerreports.store.view;

/**
 * How much of what happened to latest positions was read.
 *
 * @param position the place in the feed up to which it was read
 */
public record PositionsRead(long position) {}
