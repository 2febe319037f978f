package org.trackerreports.server.support;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.trackerreports.server.settings.TlsFiles;
import org.trackerreports.testsupport.TestProcess;

/** A certificate for localhost that nobody else trusts, with its key: made by the JDK's own tool, and written as PEM. */
public record TestCertificate(Certificate certificate, TlsFiles files) {

    private static final String PASSWORD = "changeit";

    public static TestCertificate in(Path directory) throws IOException, GeneralSecurityException {
        Path store = directory.resolve("server.p12");
        TestProcess.Result keytool = TestProcess.run(
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString()),
                "",
                Duration.ofMinutes(1));
        if (keytool.exitCode() != 0) {
            throw new IOException("keytool failed: " + keytool.out() + keytool.err());
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Certificate certificate = keys.getCertificate("server");
        byte[] key = keys.getKey("server", PASSWORD.toCharArray()).getEncoded();
        return new TestCertificate(
                certificate,
                new TlsFiles(
                        pem(directory.resolve("server.pem"), "CERTIFICATE", certificate.getEncoded()),
                        pem(directory.resolve("server.key"), "PRIVATE KEY", key)));
    }

    private static Path pem(Path file, String what, byte[] content) throws IOException {
        return Files.writeString(
                file,
                "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                        + what + "-----\n");
    }

    /** For clients that trust it, and nothing else. */
    public SSLContext trusting() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
