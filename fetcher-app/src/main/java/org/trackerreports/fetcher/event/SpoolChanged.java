package org.trackerreports.fetcher.event;

/**
 * How many answers wait on disk for the database.
 *
 * @param answers how many
 * @param bytes their size on disk
 * @param limit the size at which the daemon stops asking, bytes
 * @param setAside answers that could not be read and were put aside, since the start
 */
public record SpoolChanged(int answers, long bytes, long limit, int setAside) {}
