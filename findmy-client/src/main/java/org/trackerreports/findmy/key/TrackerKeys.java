package org.trackerreports.findmy.key;

import java.time.Instant;
import java.util.Optional;

/**
 * The secrets of one tracker, and which keys to ask for and decrypt with.
 *
 * <p>Implementations are thread-safe and hide their secrets in {@code toString}.
 */
public sealed interface TrackerKeys permits StaticKeys, Accessory {

    /**
     * The keys that the tracker can have been on within a time range.
     *
     * @param from start of the range
     * @param to end of the range, usually now
     * @param maxIds how many ids one group may hold, at least {@link KeyWindow#MIN_GROUP_SIZE}; the service takes at most 290 in
     *     an entry, and 256 is safe
     */
    KeyWindow keysBetween(Instant from, Instant to, int maxIds);

    /**
     * What a decrypted report says about the alignment of the accessory.
     *
     * @param key the key of the report, one of those that {@link #keysBetween} gave
     * @param time when the report was made
     * @return the alignment to store in place of the former; empty for static keys, for unknown keys, and where nothing moves
     *     forward
     */
    Optional<Alignment> alignmentAfter(HashedAdvertisementKey key, Instant time);

    /** Overwrites all secrets. */
    void wipe();
}
