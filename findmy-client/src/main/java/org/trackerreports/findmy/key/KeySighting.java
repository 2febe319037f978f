package org.trackerreports.findmy.key;

import java.time.Instant;

/**
 * A key was seen on the air.
 *
 * @param key the key
 * @param time when, by the finder's clock
 */
public record KeySighting(HashedAdvertisementKey key, Instant time) {}
