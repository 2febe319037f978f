package org.trackerreports.core.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The password of the embedded servers, which {@code toString} hides.
 *
 * @param file holds the password; readable by its owner alone
 * @param value the password, in base64url, so that it needs no quoting in commands and configuration files
 */
record ServerPassword(Path file, String value) {

    private static final String FILE = "servers.password";
    private static final int BYTES = 24;

    /** Reads the password of a data directory, or creates it if it is missing. */
    static ServerPassword of(DataDirectory directory) throws IOException {
        return new ServerPassword(directory.resolve(FILE), directory.secret(FILE, ServerPassword::random));
    }

    private static String random() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    @Override
    public String toString() {
        return "ServerPassword[" + file + "]";
    }
}
