package org.trackerreports.simulator;

import java.util.Locale;

/** How the password enters the key derivation of an account's login. */
public enum PasswordProtocol {
    /** The raw SHA-256 of the password. */
    S2K,
    /** The SHA-256 of the password as 64 lower-case hexadecimal digits. */
    S2K_FO;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
