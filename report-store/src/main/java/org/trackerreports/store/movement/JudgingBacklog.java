package org.trackerreports.store.movement;

import org.trackerreports.store.feed.FeedLag;

/**
 * What waits to be judged.
 *
 * @param lag the part of the feed that is not judged
 * @param storedBefore how many trackers have reports from before there was a judgement, or from a time when nobody judged
 * @param due how many trackers have to be judged again now for another reason
 * @param judged whether a process judges, or looked for something to judge within the last three minutes
 */
public record JudgingBacklog(FeedLag lag, long storedBefore, long due, boolean judged) {}
