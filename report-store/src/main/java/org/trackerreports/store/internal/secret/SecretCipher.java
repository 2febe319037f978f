package org.trackerreports.store.internal.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.trackerreports.store.error.MissingMasterKeyException;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.error.WrongMasterKeyException;
import org.trackerreports.store.secret.MasterKey;
import org.trackerreports.store.secret.Secret;

/**
 * Encrypts secrets for their row: AES-256-GCM, a fresh nonce each time, and the row's identity as associated data, so that a
 * value copied into another row or column cannot be decrypted. Thread-safe.
 *
 * <p>Encrypted form: one format byte (1), 12 bytes of nonce, ciphertext with the 16-byte tag.
 */
public final class SecretCipher {

    private static final byte FORMAT = 1;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;
    private static final String CHECK_PLACE = "master_keys.check_value";

    private final Optional<String> currentKeyId;
    private final Map<String, SecretKey> keys = new HashMap<>();
    private final SecureRandom random = new SecureRandom();

    /** Encrypts with the current key; decrypts what any of the keys encrypted. */
    public SecretCipher(MasterKey current, List<MasterKey> previous) {
        this.currentKeyId = Optional.of(current.id());
        previous.forEach(this::put);
        put(current);
    }

    private SecretCipher() {
        this.currentKeyId = Optional.empty();
    }

    /** Has no key: it neither encrypts nor decrypts. */
    public static SecretCipher withoutKey() {
        return new SecretCipher();
    }

    private void put(MasterKey key) {
        keys.put(key.id(), new SecretKeySpec(Base64.getDecoder().decode(key.toBase64()), "AES"));
    }

    /**
     * The id of the key that encrypts.
     *
     * @throws MissingMasterKeyException if there is none
     */
    public String currentKeyId() {
        return currentKeyId.orElseThrow(() -> new MissingMasterKeyException(
                "this needs the master key, and the store was opened without it; open it with the master key"));
    }

    boolean has(String keyId) {
        return keys.containsKey(keyId);
    }

    /**
     * Encrypts a secret.
     *
     * @param place names the row and column, see {@link SecretPlace}
     */
    public byte[] seal(Secret secret, String place) {
        String keyId = currentKeyId();
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        byte[] plain = secret.bytes();
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keyId, nonce, place);
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

    /**
     * Decrypts a secret.
     *
     * @param place names the row and column, see {@link SecretPlace}
     * @throws WrongMasterKeyException if the key is not given
     * @throws MissingMasterKeyException if no key is given
     * @throws StoreException if the value is damaged or belongs to another place
     */
    public Secret open(byte[] sealed, String keyId, String place) {
        if (!has(keyId)) {
            throw new WrongMasterKeyException(place + " is encrypted with master key " + keyId
                    + ", but the given key is " + currentKeyId()
                    + "; give the other key as previous key until the rotation is done");
        }
        if (sealed.length < 1 + NONCE_LENGTH + TAG_BITS / 8 || sealed[0] != FORMAT) {
            throw new StoreException(
                    place + " is not an encrypted secret of format " + FORMAT + "; restore the row from a backup");
        }
        byte[] plain = null;
        try {
            byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE_LENGTH);
            plain = cipher(Cipher.DECRYPT_MODE, keyId, nonce, place)
                    .doFinal(sealed, 1 + NONCE_LENGTH, sealed.length - 1 - NONCE_LENGTH);
            return Secret.of(plain);
        } catch (GeneralSecurityException e) {
            throw new StoreException(place + " cannot be decrypted with its master key " + keyId
                    + ": it was changed or moved from another row; restore it from a backup");
        } finally {
            if (plain != null) {
                Arrays.fill(plain, (byte) 0);
            }
        }
    }

    byte[] checkValue() {
        return seal(Secret.ofText(currentKeyId()), CHECK_PLACE);
    }

    /** Whether the key with this id is the one that made the check value. */
    boolean opensCheckValue(byte[] checkValue, String keyId) {
        try {
            return open(checkValue, keyId, CHECK_PLACE).text().equals(keyId);
        } catch (StoreException e) {
            return false;
        }
    }

    private Cipher cipher(int mode, String keyId, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, keys.get(keyId), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
