package org.trackerreports.core.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The password of one role of one embedded server, which {@code toString} hides.
 *
 * @param file holds the password; readable by its owner alone
 * @param value the password, in base64url, so that it needs no quoting in commands and configuration files
 */
record ServerPassword(Path file, String value) {

    /** PostgreSQL's superuser. The name is from the time when one password was for all. */
    static final String SUPERUSER = "servers.password";

    /** The application's role in PostgreSQL. */
    static final String DATABASE = "database.password";

    static final String REDIS = "redis.password";

    private static final int BYTES = 24;

    /** Reads a password of a data directory, or creates it if it is missing. */
    static ServerPassword of(DataDirectory directory, String name) throws IOException {
        return new ServerPassword(directory.resolve(name), directory.secret(name, ServerPassword::random));
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
