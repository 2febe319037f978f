package org.trackerreports.simulator;

/** How the password enters the key derivation of an account's login. */
public enum PasswordProtocol {
    /** The raw SHA-256 of the password. */
    S2K("s2k"),
    /** The SHA-256 of the password as 64 lower-case hexadecimal digits. */
    S2K_FO("s2k_fo");

    private final String wireName;

    PasswordProtocol(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }
}
