package org.trackerreports.core.pipeline;

import org.trackerreports.findmy.key.TrackerKeys;

/**
 * A tracker whose reports are to be fetched.
 *
 * @param trackerId its id in the store
 * @param name its name, for people
 * @param keys its keys, with the stored alignment
 * @param emptyTurns how often in a row nothing was found: decides which part of an accessory's key window is asked for
 */
public record FetchTarget(long trackerId, String name, TrackerKeys keys, int emptyTurns) {}
