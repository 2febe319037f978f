package org.trackerreports.store.feed;

import java.time.Duration;

/**
 * What a consumer has not read yet.
 *
 * @param events number of items
 * @param age since the oldest of them was stored; zero if there is none
 */
public record FeedLag(long events, Duration age) {}
