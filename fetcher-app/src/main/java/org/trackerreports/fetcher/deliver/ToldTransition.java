package org.trackerreports.fetcher.deliver;

/**
 * A transition that a sink is told now.
 *
 * @param placeName the name of the place
 * @param heldBefore whether it was held back, so that its place in the feed is passed already
 */
record ToldTransition(String placeName, boolean heldBefore) {}
