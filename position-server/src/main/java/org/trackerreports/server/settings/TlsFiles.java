package org.trackerreports.server.settings;

import java.nio.file.Path;
import java.util.Objects;

/**
 * The files for TLS, read again when they change.
 *
 * @param certificate PEM: the certificate of the server, and those between it and its authority
 * @param key PEM: its private key, PKCS #8, not encrypted
 */
public record TlsFiles(Path certificate, Path key) {

    public TlsFiles {
        Objects.requireNonNull(certificate, "certificate");
        Objects.requireNonNull(key, "key");
    }
}
