package org.trackerreports.store.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.error.WrongMasterKeyException;

/**
 * Encrypts secrets for their row: AES-256-GCM, a fresh nonce each time, and the row's identity as associated data, so that a
 * value copied into another row or column does not open. Thread-safe.
 *
 * <p>Sealed form: one format byte (1), 12 bytes of nonce, ciphertext with the 16-byte tag.
 */
public final class SecretCipher {

    private static final byte FORMAT = 1;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;
    private static final String CHECK_PLACE = "master_keys.check_value";

    private final MasterKey current;
    private final Map<String, MasterKey> byId = new HashMap<>();
    private final SecureRandom random = new SecureRandom();

    /** Seals under the current key; opens what any of the keys sealed. */
    public SecretCipher(MasterKey current, List<MasterKey> previous) {
        this.current = current;
        previous.forEach(key -> byId.put(key.id(), key));
        byId.put(current.id(), current);
    }

    public String currentKeyId() {
        return current.id();
    }

    boolean has(String keyId) {
        return byId.containsKey(keyId);
    }

    public byte[] seal(Secret secret, String place) {
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        byte[] plain = secret.bytes();
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, current, nonce, place);
            byte[] sealed = new byte[1 + NONCE_LENGTH + cipher.getOutputSize(plain.length)];
            sealed[0] = FORMAT;
            System.arraycopy(nonce, 0, sealed, 1, NONCE_LENGTH);
            cipher.doFinal(plain, 0, plain.length, sealed, 1 + NONCE_LENGTH);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot encrypt with AES-256-GCM", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    public Secret open(byte[] sealed, String keyId, String place) {
        MasterKey key = byId.get(keyId);
        if (key == null) {
            throw new WrongMasterKeyException(place + " is encrypted with master key " + keyId + ", but given is "
                    + current.id() + "; give the other one as previous key until the rotation is done");
        }
        if (sealed.length < 1 + NONCE_LENGTH + TAG_BITS / 8 || sealed[0] != FORMAT) {
            throw new StoreException(
                    place + " is not a sealed secret of format " + FORMAT + "; restore the row from a backup",
                    null,
                    false);
        }
        byte[] plain = null;
        try {
            byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE_LENGTH);
            plain = cipher(Cipher.DECRYPT_MODE, key, nonce, place)
                    .doFinal(sealed, 1 + NONCE_LENGTH, sealed.length - 1 - NONCE_LENGTH);
            return Secret.of(plain);
        } catch (GeneralSecurityException e) {
            throw new StoreException(
                    place + " does not open with its master key " + keyId
                            + ": it was changed or moved from another row; restore it from a backup",
                    null,
                    false);
        } finally {
            if (plain != null) {
                Arrays.fill(plain, (byte) 0);
            }
        }
    }

    byte[] checkValue() {
        return seal(Secret.ofText(current.id()), CHECK_PLACE);
    }

    /** Whether the key that has this id here is truly the one that made the check value. */
    boolean opensCheckValue(byte[] checkValue, String keyId) {
        try {
            return open(checkValue, keyId, CHECK_PLACE).text().equals(keyId);
        } catch (StoreException e) {
            return false;
        }
    }

    private static Cipher cipher(int mode, MasterKey key, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
