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

    /** About 0.1 s and 32 MB: short for a person who knows the passphrase, long for one who guesses. */
    private static final int SCRYPT_COST = 1 << 15;

    private static final int SCRYPT_BLOCK_SIZE = 8;

    private final Optional<byte[]> passphrase;
    private final SecureRandom random;
    private Optional<SaltedKey> current;

    private record SaltedKey(byte[] salt, byte[] key) {}

    private SealedFile(Optional<byte[]> passphrase, Optional<SaltedKey> current, SecureRandom random) {
        this.passphrase = passphrase;
        this.current = current;
        this.random = random;
    }

    static SealedFile underPassphrase(byte[] passphrase, SecureRandom random) {
        return new SealedFile(Optional.of(passphrase), Optional.empty(), random);
    }

    static SealedFile underKey(byte[] key, SecureRandom random) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("the key of a session file has 32 bytes, found " + key.length);
        }
        return new SealedFile(Optional.empty(), Optional.of(new SaltedKey(new byte[SALT_BYTES], key.clone())), random);
    }

    byte[] close(byte[] plain) {
        SaltedKey salted = current.orElseGet(() -> derive(randomBytes(SALT_BYTES)));
        byte[] head = ByteBuffer.allocate(HEAD_BYTES)
                .put(MAGIC)
                .put(salted.salt())
                .put(randomBytes(NONCE_BYTES))
                .array();
        try {
            byte[] ciphertext = cipher(Cipher.ENCRYPT_MODE, salted, head).doFinal(plain);
            return ByteBuffer.allocate(head.length + ciphertext.length)
                    .put(head)
                    .put(ciphertext)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot do AES-GCM", e);
        }
    }

    /** Decrypts the content; empty if the key or passphrase is wrong, or the bytes were changed. */
    Optional<byte[]> open(byte[] sealed) {
        if (sealed.length < HEAD_BYTES + TAG_BITS / Byte.SIZE
                || !Arrays.equals(MAGIC, Arrays.copyOf(sealed, MAGIC.length))) {
            return Optional.empty();
        }
        byte[] head = Arrays.copyOf(sealed, HEAD_BYTES);
        byte[] salt = Arrays.copyOfRange(head, MAGIC.length, MAGIC.length + SALT_BYTES);
        SaltedKey salted = current.filter(known -> passphrase.isEmpty() || Arrays.equals(salt, known.salt()))
                .orElseGet(() -> derive(salt));
        try {
            return Optional.of(
                    cipher(Cipher.DECRYPT_MODE, salted, head).doFinal(sealed, HEAD_BYTES, sealed.length - HEAD_BYTES));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot do AES-GCM", e);
        }
    }

    private SaltedKey derive(byte[] salt) {
        SaltedKey derived = new SaltedKey(
                salt, SCrypt.generate(passphrase.orElseThrow(), salt, SCRYPT_COST, SCRYPT_BLOCK_SIZE, 1, KEY_BYTES));
        current = Optional.of(derived);
        return derived;
    }

    private byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Cipher cipher(int mode, SaltedKey salted, byte[] head) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode,
                new SecretKeySpec(salted.key(), "AES"),
                new GCMParameterSpec(TAG_BITS, head, HEAD_BYTES - NONCE_BYTES, NONCE_BYTES));
        cipher.updateAAD(head);
        return cipher;
    }
}
