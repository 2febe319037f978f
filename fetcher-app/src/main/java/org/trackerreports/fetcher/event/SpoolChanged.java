package org.trackerreports.fetcher.event;

/**
 * The number of answers that wait on disk for the database changed.
 *
 * @param answers how many answers wait
 * @param bytes their size on disk
 * @param limit the size at which the daemon makes no more requests, bytes
 * @param setAside answers that could not be read and were moved aside, since the start
 */
public record SpoolChanged(int answers, long bytes, long limit, int setAside) {}
