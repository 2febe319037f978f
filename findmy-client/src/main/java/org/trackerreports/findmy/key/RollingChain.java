package org.trackerreports.findmy.key;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.trackerreports.findmy.internal.Digests;
import org.trackerreports.findmy.p224.P224;

/**
 * One chain of rolling keys: the primary or the secondary one of an accessory.
 *
 * <p>{@code SK(i) = KDF(SK(i−1), "update", 32)}; {@code u ‖ v = KDF(SK(i), "diversify", 72)}, each half taken {@code mod (n−1) + 1};
 * {@code d(i) = (d0 · u + v) mod n}. Index i means i applications of "update" to the exported secret. Source: FindMy.py {@code
 * util/crypto.py}, OpenHaystack {@code BoringSSL.m}.
 *
 * <p>Every {@value #CHECKPOINT_STEPS}th secret is kept as a checkpoint, so that the chain is walked from its start only once. Derived keys
 * are cached, up to a limit, because deriving a key costs far more than keeping it. Thread-safe.
 */
final class RollingChain {

    private static final int CHECKPOINT_STEPS = 256;
    private static final int KEPT_KEYS = 4_096;
    private static final int SECRET_BYTES = 32;
    private static final int HALF_BYTES = 36;
    private static final byte[] UPDATE = "update".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DIVERSIFY = "diversify".getBytes(StandardCharsets.US_ASCII);
    private static final BigInteger ORDER_LESS_ONE = P224.ORDER.subtract(BigInteger.ONE);

    private final PrivateTrackerKey master;
    private final UnaryOperator<byte[]> update;
    private final List<byte[]> checkpoints = new ArrayList<>();
    private final Map<HashedAdvertisementKey, Integer> indices = new HashMap<>();
    private final LinkedHashMap<Integer, PrivateTrackerKey> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, PrivateTrackerKey> eldest) {
            boolean full = size() > KEPT_KEYS;
            if (full) {
                indices.remove(eldest.getValue().hashed());
            }
            return full;
        }
    };

    /** Where the last walk ended. Most walks continue there. */
    private int walkedTo;

    private byte[] walkedSecret;

    RollingChain(PrivateTrackerKey master, byte[] secret) {
        this(master, secret, current -> Digests.x963(current, UPDATE, SECRET_BYTES));
    }

    /**
     * Makes a chain with a given step.
     *
     * @param update makes the next secret from the current one
     */
    RollingChain(PrivateTrackerKey master, byte[] secret, UnaryOperator<byte[]> update) {
        if (secret.length != SECRET_BYTES) {
            throw new IllegalArgumentException("a chain's secret has 32 bytes, found " + secret.length);
        }
        this.master = master;
        this.update = update;
        checkpoints.add(secret.clone());
        walkedSecret = checkpoints.get(0);
    }

    /**
     * The key of an index.
     *
     * @param index 0 or more
     */
    PrivateTrackerKey key(int index) {
        return keysDownTo(index, index).get(0);
    }

    /** The keys of the indices from high down to low. Faster than deriving each of them on its own. */
    synchronized List<PrivateTrackerKey> keysDownTo(int low, int high) {
        PrivateTrackerKey[] keys = new PrivateTrackerKey[high - low + 1];
        List<Integer> missing = new ArrayList<>();
        List<byte[]> scalars = new ArrayList<>();
        // Ascending, because the chain can be walked only in that direction.
        for (int index = low; index <= high; index++) {
            keys[high - index] = kept.get(index);
            if (keys[high - index] == null) {
                missing.add(index);
                scalars.add(scalarFrom(secretAt(index)));
            }
        }
        List<PrivateTrackerKey> derived = PrivateTrackerKey.ofAll(scalars);
        scalars.forEach(scalar -> Arrays.fill(scalar, (byte) 0));
        for (int at = 0; at < derived.size(); at++) {
            int index = missing.get(at);
            keys[high - index] = derived.get(at);
            kept.put(index, derived.get(at));
            indices.put(derived.get(at).hashed(), index);
        }
        return List.of(keys);
    }

    /** The index of a key that was derived recently, if it is still cached. */
    synchronized OptionalInt indexOf(HashedAdvertisementKey hashed) {
        Integer index = indices.get(hashed);
        return index == null ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /** A copy of the exported secret. */
    synchronized byte[] secret() {
        return checkpoints.get(0).clone();
    }

    synchronized void wipe() {
        checkpoints.forEach(secret -> Arrays.fill(secret, (byte) 0));
        Arrays.fill(walkedSecret, (byte) 0);
        kept.values().forEach(PrivateTrackerKey::wipe);
        kept.clear();
        indices.clear();
    }

    private byte[] secretAt(int index) {
        if (index < 0) {
            throw new IllegalArgumentException("a key index is 0 or more, found " + index);
        }
        int checkpoint = Math.min(index / CHECKPOINT_STEPS, checkpoints.size() - 1);
        int at = checkpoint * CHECKPOINT_STEPS;
        byte[] secret = checkpoints.get(checkpoint);
        if (walkedTo > at && walkedTo <= index) {
            at = walkedTo;
            secret = walkedSecret;
        }
        while (at < index) {
            secret = update.apply(secret);
            at++;
            if (at == checkpoints.size() * CHECKPOINT_STEPS) {
                checkpoints.add(secret);
            }
        }
        walkedTo = index;
        walkedSecret = secret;
        return secret;
    }

    private byte[] scalarFrom(byte[] secret) {
        byte[] halves = Digests.x963(secret, DIVERSIFY, 2 * HALF_BYTES);
        BigInteger u = scalar(halves, 0);
        BigInteger v = scalar(halves, HALF_BYTES);
        return P224.fixedWidth(master.scalar().multiply(u).add(v).mod(P224.ORDER));
    }

    private static BigInteger scalar(byte[] halves, int from) {
        return new BigInteger(1, halves, from, HALF_BYTES).mod(ORDER_LESS_ONE).add(BigInteger.ONE);
    }
}
