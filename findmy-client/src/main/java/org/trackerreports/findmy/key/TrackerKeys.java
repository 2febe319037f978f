package org.trackerreports.findmy.key;

import java.time.Instant;
import java.util.Optional;

/**
 * The secrets of one tracker: which keys to request, and which to decrypt with.
 *
 * <p>Implementations are thread-safe and hide their secrets in {@code toString}.
 */
public sealed interface TrackerKeys permits StaticKeys, Accessory {

    /**
     * The keys that the tracker may have broadcast in a time range.
     *
     * @param from the start of the range
     * @param to the end of the range, usually now
     * @param maxIds the maximum number of ids in one group, at least {@link KeyWindow#MIN_GROUP_SIZE}; the service accepts at most
     *     290 in one entry, and 256 is safe
     * @return the keys, newest first
     */
    KeyWindow keysBetween(Instant from, Instant to, int maxIds);

    /**
     * The alignment that follows from a decrypted report.
     *
     * @param key the key of the report, one of those that {@link #keysBetween} returned
     * @param time when the report was made
     * @return the alignment to store instead of the current one; empty for static keys, for unknown keys, and if the alignment stays
     *     the same
     */
    Optional<Alignment> alignmentAfter(HashedAdvertisementKey key, Instant time);

    /** Overwrites all secrets. */
    void wipe();
}
