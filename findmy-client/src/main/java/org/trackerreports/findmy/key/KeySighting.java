package org.trackerreports.findmy.key;

import java.time.Instant;

/**
 * A finder saw a key.
 *
 * @param key the key
 * @param time when the finder saw it, by the finder's clock
 */
public record KeySighting(HashedAdvertisementKey key, Instant time) {}
