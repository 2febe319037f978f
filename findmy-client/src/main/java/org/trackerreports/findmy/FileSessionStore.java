package org.trackerreports.findmy;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.trackerreports.findmy.file.OwnerOnlyFiles;
import org.trackerreports.findmy.file.TextFiles;
import org.trackerreports.findmy.internal.Utf8;

/**
 * Keeps an account's login in one encrypted file.
 *
 * <p>AES-256-GCM with a key of the caller, or with one that scrypt derives from a passphrase. Only its owner can read and write the file
 * (mode 0600, where the file system has modes). It is replaced in one step, so a crash leaves the old file or the new one. Thread-safe;
 * two processes may use one file, the last one to save wins.
 */
public final class FileSessionStore implements SessionStore {

    private final Path file;
    private final SealedFile seal;

    private FileSessionStore(Path file, SealedFile seal) {
        this.file = file.toAbsolutePath();
        this.seal = seal;
    }

    /**
     * A store with a passphrase.
     *
     * @param file the file; its folder must exist
     * @param passphrase as long as can be remembered; the caller wipes it
     */
    public static FileSessionStore withPassphrase(Path file, char[] passphrase) {
        if (passphrase.length == 0) {
            throw new IllegalArgumentException("the passphrase is empty");
        }
        return new FileSessionStore(file, SealedFile.underPassphrase(Utf8.bytes(passphrase), new SecureRandom()));
    }

    /**
     * A store with a key.
     *
     * @param file the file; its folder must exist
     * @param key 32 random bytes; copied
     * @throws IllegalArgumentException if it does not have 32 bytes
     */
    public static FileSessionStore withKey(Path file, byte[] key) {
        return new FileSessionStore(file, SealedFile.underKey(key, new SecureRandom()));
    }

    @Override
    public synchronized Optional<SavedLogin> load() throws IOException {
        byte[] sealed;
        try {
            sealed = TextFiles.readBytes(file, TextFiles.MAX_BYTES);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        byte[] plain = seal.open(sealed)
                .orElseThrow(() -> new IOException("the session file " + file
                        + " cannot be opened: another passphrase or key, or a damaged file. Give the one it was written with,"
                        + " or remove the file and sign in again"));
        try {
            return Optional.of(SavedLogin.fromBytes(plain));
        } catch (IllegalArgumentException e) {
            throw new IOException("the session file " + file + " was written by another version: " + e.getMessage()
                    + ". Remove the file and sign in again");
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    @Override
    public synchronized void save(SavedLogin login) throws IOException {
        byte[] plain = login.toBytes();
        byte[] sealed = seal.close(plain);
        Arrays.fill(plain, (byte) 0);
        OwnerOnlyFiles.replace(file, sealed);
    }
}
