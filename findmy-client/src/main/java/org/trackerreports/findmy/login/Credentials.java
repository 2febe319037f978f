package org.trackerreports.findmy.login;

import java.util.Arrays;
import java.util.Objects;
import org.trackerreports.findmy.internal.Digests;
import org.trackerreports.findmy.internal.Utf8;

/**
 * An account's name and the SHA-256 of its password, which is all that signing in needs; the password itself is not kept.
 *
 * <p>The digest still opens the account, so it is as secret as the password. Thread-safe; hides the digest; can be wiped.
 */
public final class Credentials {

    private final String accountName;
    private final byte[] passwordDigest;

    private Credentials(String accountName, byte[] passwordDigest) {
        this.accountName = AppleIds.withoutBlanks(Objects.requireNonNull(accountName, "accountName"));
        if (this.accountName.isEmpty()) {
            throw new IllegalArgumentException("the account name is empty");
        }
        this.passwordDigest = passwordDigest;
    }

    /**
     * Credentials from a password.
     *
     * @param accountName the Apple ID as its owner types it, usually an e-mail address; blanks around it are left out
     * @param password the password; the caller wipes it
     */
    public static Credentials of(String accountName, char[] password) {
        byte[] bytes = Utf8.bytes(password);
        byte[] digest = Digests.sha256(bytes);
        Arrays.fill(bytes, (byte) 0);
        return new Credentials(accountName, digest);
    }

    /**
     * Credentials from a digest that {@link #passwordDigest} gave.
     *
     * @throws IllegalArgumentException if it is not 32 bytes
     */
    public static Credentials ofDigest(String accountName, byte[] passwordDigest) {
        if (passwordDigest.length != 32) {
            throw new IllegalArgumentException("a SHA-256 has 32 bytes, found " + passwordDigest.length);
        }
        return new Credentials(accountName, passwordDigest.clone());
    }

    /** The account's name. */
    public String accountName() {
        return accountName;
    }

    /** SHA-256 of the password in UTF-8, a copy: for a caller that was asked to remember the password. */
    public byte[] passwordDigest() {
        return passwordDigest.clone();
    }

    /** Overwrites the digest; the credentials can no longer be used. */
    public void wipe() {
        Arrays.fill(passwordDigest, (byte) 0);
    }

    @Override
    public String toString() {
        return "Credentials[hidden]";
    }
}
