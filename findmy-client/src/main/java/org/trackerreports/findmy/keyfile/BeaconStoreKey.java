package org.trackerreports.findmy.keyfile;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of the keychain item "BeaconStore", with which macOS encrypts its records: AES-256-GCM over a property list, stored as an
 * array of nonce, tag and ciphertext. Source: FindMy.py {@code plist.py}. Thread-safe.
 */
final class BeaconStoreKey {

    private static final int BYTES = 32;
    private static final int TAG_BYTES = 16;
    private static final int MAX_NONCE_BYTES = 64;

    private final SecretKey key;

    BeaconStoreKey(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("the BeaconStore key must have " + BYTES + " bytes, found "
                    + bytes.length + "; the keychain shows it as 64 hexadecimal digits");
        }
        this.key = new SecretKeySpec(bytes, "AES");
    }

    byte[] decrypt(byte[] nonce, byte[] tag, byte[] ciphertext) throws UnusableEntryException {
        if (nonce.length == 0 || nonce.length > MAX_NONCE_BYTES || tag.length != TAG_BYTES) {
            throw new UnusableEntryException(
                    "this encrypted record is damaged: expected a tag of " + TAG_BYTES + " bytes and a nonce of 1 to "
                            + MAX_NONCE_BYTES + ", found " + tag.length + " and " + nonce.length);
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
            return cipher.doFinal(ByteBuffer.allocate(ciphertext.length + tag.length)
                    .put(ciphertext)
                    .put(tag)
                    .array());
        } catch (GeneralSecurityException e) {
            throw new UnusableEntryException(
                    "this record cannot be decrypted with this BeaconStore key: the key is from another Mac, or the record is"
                            + " damaged");
        }
    }
}
