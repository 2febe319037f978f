package org.trackerreports.findmy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * The bytes of an encrypted file: {@code "TRFS" · version 1 · salt 16 · nonce 12 · AES-256-GCM ciphertext and tag}; all before the
 * ciphertext is authenticated. Under a key the salt is zeros. Not thread-safe.
 */
final class SealedFile {

    private static final byte[] MAGIC = "TRFS\1".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int HEAD_BYTES = MAGIC.length + SALT_BYTES + NONCE_BYTES;
    private static final int KEY_BYTES = 32;
    private static final int TAG_BITS = 128;

    /** About 0.1 s and 32 MB: little for a person who knows the passphrase, much for one who guesses. */
    private static final int SCRYPT_COST = 1 << 15;

    private static final int SCRYPT_BLOCK_SIZE = 8;

    private final Optional<byte[]> passphrase;
    private final SecureRandom random;
    private byte[] salt;
    private byte[] key;

    private SealedFile(Optional<byte[]> passphrase, byte[] salt, byte[] key, SecureRandom random) {
        this.passphrase = passphrase;
        this.salt = salt;
        this.key = key;
        this.random = random;
    }

    static SealedFile underPassphrase(byte[] passphrase, SecureRandom random) {
        return new SealedFile(Optional.of(passphrase), null, null, random);
    }

    static SealedFile underKey(byte[] key, SecureRandom random) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("the key of a session file has 32 bytes, found " + key.length);
        }
        return new SealedFile(Optional.empty(), new byte[SALT_BYTES], key.clone(), random);
    }

    byte[] close(byte[] plain) {
        if (key == null) {
            byte[] drawn = new byte[SALT_BYTES];
            random.nextBytes(drawn);
            derive(drawn);
        }
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] head =
                ByteBuffer.allocate(HEAD_BYTES).put(MAGIC).put(salt).put(nonce).array();
        try {
            byte[] ciphertext = cipher(Cipher.ENCRYPT_MODE, head).doFinal(plain);
            return ByteBuffer.allocate(head.length + ciphertext.length)
                    .put(head)
                    .put(ciphertext)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot do AES-GCM", e);
        }
    }

    /** The content; empty if the bytes were not closed under this key or passphrase, or were changed. */
    Optional<byte[]> open(byte[] sealed) {
        if (sealed.length < HEAD_BYTES + TAG_BITS / Byte.SIZE
                || !Arrays.equals(MAGIC, Arrays.copyOf(sealed, MAGIC.length))) {
            return Optional.empty();
        }
        byte[] head = Arrays.copyOf(sealed, HEAD_BYTES);
        byte[] given = Arrays.copyOfRange(head, MAGIC.length, MAGIC.length + SALT_BYTES);
        if (passphrase.isPresent() && !Arrays.equals(given, salt)) {
            derive(given);
        }
        try {
            return Optional.of(
                    cipher(Cipher.DECRYPT_MODE, head).doFinal(sealed, HEAD_BYTES, sealed.length - HEAD_BYTES));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot do AES-GCM", e);
        }
    }

    private void derive(byte[] newSalt) {
        salt = newSalt;
        key = SCrypt.generate(passphrase.orElseThrow(), newSalt, SCRYPT_COST, SCRYPT_BLOCK_SIZE, 1, KEY_BYTES);
    }

    private Cipher cipher(int mode, byte[] head) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode,
                new SecretKeySpec(key, "AES"),
                new GCMParameterSpec(TAG_BITS, head, HEAD_BYTES - NONCE_BYTES, NONCE_BYTES));
        cipher.updateAAD(head);
        return cipher;
    }
}
