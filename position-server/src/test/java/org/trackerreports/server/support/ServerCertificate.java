package org.trackerreports.server.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.trackerreports.server.settings.TlsFiles;
import org.trackerreports.testsupport.TestCertificate;

/** A certificate for localhost that nobody else trusts, in the files that a server reads. */
public record ServerCertificate(TestCertificate certificate, TlsFiles files) {

    public static ServerCertificate in(Path directory) throws IOException {
        TestCertificate certificate = TestCertificate.of(directory, "dns:localhost");
        return new ServerCertificate(
                certificate,
                new TlsFiles(
                        Files.writeString(directory.resolve("server.pem"), certificate.certificate()),
                        Files.writeString(directory.resolve("server.key"), certificate.key())));
    }

    /** For clients that trust it, and nothing else. */
    public SSLContext trusting() {
        return certificate.clientContext();
    }
}
