package org.trackerreports.findmy.key;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A tracker with rolling keys: an AirTag, a licensed "Find My" tag, AirPods or an Apple device whose secrets the owner has exported.
 *
 * <p>Its primary key rolls at most every 15 minutes, its secondary key once a day. The exact key at a given moment is unknown, so both
 * secondary candidates of each primary index are requested. Source: FindMy.py {@code accessory.py}.
 *
 * <p>Immutable and thread-safe, apart from {@link #wipe}. The {@link Alignment} is part of the value: {@link #alignmentAfter} returns the
 * next one, {@link #withAlignment} an accessory that has it. The caller stores it.
 */
public final class Accessory implements TrackerKeys {

    /** Primary keys for each secondary key: a day of quarter hours. */
    static final int PRIMARY_PER_SECONDARY = 96;

    private final PrivateTrackerKey master;
    private final RollingChain primary;
    private final RollingChain secondary;
    private final Instant pairedAt;
    private final Alignment alignment;

    private Accessory(
            PrivateTrackerKey master,
            RollingChain primary,
            RollingChain secondary,
            Instant pairedAt,
            Alignment alignment) {
        this.master = master;
        this.primary = primary;
        this.secondary = secondary;
        this.pairedAt = pairedAt;
        this.alignment = alignment;
    }

    /**
     * An accessory from its exported secrets.
     *
     * @param master the private key d0
     * @param primarySecret SKN, the "shared secret", 32 bytes; copied
     * @param secondarySecret SKS, the "secondary shared secret" (for Apple devices the "secure locations shared secret"), 32 bytes; copied
     * @param pairedAt when it was paired, which is when index 0 was in use
     * @param alignment the last known alignment; if empty, index 0 at the time of pairing
     * @return the accessory
     * @throws IllegalArgumentException if a secret has another length
     */
    public static Accessory of(
            PrivateTrackerKey master,
            byte[] primarySecret,
            byte[] secondarySecret,
            Instant pairedAt,
            Optional<Alignment> alignment) {
        Objects.requireNonNull(pairedAt, "pairedAt");
        return new Accessory(
                master,
                new RollingChain(master, primarySecret),
                new RollingChain(master, secondarySecret),
                pairedAt,
                alignment.orElse(new Alignment(pairedAt, 0)));
    }

    /**
     * The same accessory with another alignment. Both share the keys that were derived so far.
     *
     * @param newer the alignment
     * @return the accessory
     */
    public Accessory withAlignment(Alignment newer) {
        return new Accessory(master, primary, secondary, pairedAt, newer);
    }

    /** When it was paired. */
    public Instant pairedAt() {
        return pairedAt;
    }

    /** The last known alignment. */
    public Alignment alignment() {
        return alignment;
    }

    /** The master key d0, for writing the accessory to a file again. */
    public PrivateTrackerKey master() {
        return master;
    }

    /** A copy of SKN, 32 bytes. The caller should wipe it. */
    public byte[] primarySecret() {
        return primary.secret();
    }

    /** A copy of SKS, 32 bytes. The caller should wipe it. */
    public byte[] secondarySecret() {
        return secondary.secret();
    }

    /**
     * The primary key of an index.
     *
     * @param index the index, 0 or more; deriving a key for the first time costs one SHA-256 for each index before it
     * @return the key
     */
    public PrivateTrackerKey primaryKey(int index) {
        return primary.key(index);
    }

    /**
     * The secondary key of an index.
     *
     * @param index the index, 0 or more
     * @return the key
     */
    public PrivateTrackerKey secondaryKey(int index) {
        return secondary.key(index);
    }

    /**
     * The secondary indices that can be in use at the same time as a primary index: {@code ⌊p/96⌋ + 1} and the next one, because the
     * secondary key changes at 04:00 and not at the time of day of the pairing.
     *
     * @param primaryIndex the primary index
     * @return the two secondary indices
     */
    public static List<Integer> secondaryIndices(int primaryIndex) {
        int first = primaryIndex / PRIMARY_PER_SECONDARY + 1;
        return List.of(first, first + 1);
    }

    @Override
    public KeyWindow keysBetween(Instant from, Instant to, int maxIds) {
        if (maxIds < KeyWindow.MIN_GROUP_SIZE) {
            throw new IllegalArgumentException(
                    "a group of keys holds at least " + KeyWindow.MIN_GROUP_SIZE + " ids, found a limit of " + maxIds);
        }
        long top = alignment.maxIndexAt(to);
        long bottom = Math.max(0, alignment.minIndexAt(from));
        if (top < bottom) {
            return new KeyWindow(0, number -> {
                throw new IndexOutOfBoundsException("an empty window has no groups");
            });
        }
        int primaries = maxIds - (maxIds / PRIMARY_PER_SECONDARY + 3);
        int groups = Math.toIntExact((top - bottom) / primaries + 1);
        return new KeyWindow(groups, number -> {
            int high = Math.toIntExact(top - (long) number * primaries);
            int low = Math.toIntExact(Math.max(bottom, (long) high - primaries + 1));
            return group(low, high);
        });
    }

    private KeyGroup group(int low, int high) {
        int firstSecondary = low / PRIMARY_PER_SECONDARY + 1;
        int lastSecondary = high / PRIMARY_PER_SECONDARY + 2;
        return new KeyGroup(primary.keysDownTo(low, high), secondary.keysDownTo(firstSecondary, lastSecondary));
    }

    @Override
    public Optional<Alignment> alignmentAfter(HashedAdvertisementKey key, Instant time) {
        OptionalInt primaryIndex = primary.indexOf(key);
        if (primaryIndex.isPresent()) {
            return forward(new Alignment(time, primaryIndex.getAsInt()));
        }
        OptionalInt secondaryIndex = secondary.indexOf(key);
        if (secondaryIndex.isEmpty()) {
            return Optional.empty();
        }
        // A secondary key covers up to 192 primary indices. Take the highest that the clock allows, so that the upper
        // bound stays true; the search looks further back than 192 indices anyway.
        long highest = Math.min(
                (long) secondaryIndex.getAsInt() * PRIMARY_PER_SECONDARY - 1, Math.max(0, alignment.maxIndexAt(time)));
        return highest < 0 ? Optional.empty() : forward(new Alignment(time, Math.toIntExact(highest)));
    }

    /**
     * The accessory with the alignment that follows from sightings. Applies {@link #alignmentAfter} to the oldest sighting first, whatever
     * their order. If two have the same time, the one with a primary key comes first, because it determines the index exactly.
     *
     * @param sightings sightings of keys that {@link #keysBetween} returned; others are ignored. Do not pass sightings from the future
     * @return the accessory; this one if the alignment stays the same
     */
    public Accessory alignedBy(Collection<KeySighting> sightings) {
        Accessory aligned = this;
        List<KeySighting> oldestFirst = sightings.stream()
                .sorted(Comparator.comparing(KeySighting::time)
                        .thenComparing(
                                sighting -> primary.indexOf(sighting.key()).isEmpty()))
                .toList();
        for (KeySighting sighting : oldestFirst) {
            aligned = aligned.alignmentAfter(sighting.key(), sighting.time())
                    .map(aligned::withAlignment)
                    .orElse(aligned);
        }
        return aligned;
    }

    private Optional<Alignment> forward(Alignment sighting) {
        Alignment next = alignment.advancedBy(sighting);
        return next.equals(alignment) ? Optional.empty() : Optional.of(next);
    }

    @Override
    public void wipe() {
        master.wipe();
        primary.wipe();
        secondary.wipe();
    }

    @Override
    public String toString() {
        return "Accessory[pairedAt=" + pairedAt + ", alignment=" + alignment + "]";
    }
}
