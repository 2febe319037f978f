package org.trackerreports.systemtests.client;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority that makes servers' certificates, right ones and wrong ones. */
public final class Certificates {

    private static final char[] PASSWORD = "test".toCharArray();
    private static final X500Name AUTHORITY = new X500Name("CN=A test's authority");

    private final KeyPair key = newKey();
    private final X509Certificate authority;

    public Certificates() {
        try {
            authority = signed(builder(AUTHORITY, key, Instant.now().plus(Duration.ofDays(1)))
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0)));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    X509Certificate authority() {
        return authority;
    }

    /** Writes the authority's certificate as PEM. */
    public void writeAuthority(Path file) throws IOException {
        write(file, "CERTIFICATE", encoded(authority));
    }

    /** Writes a certificate for a host, which is valid for a day, and its key, as PEM. */
    public void writeServer(Path certificate, Path key, String host) throws IOException {
        KeyPair serverKey = newKey();
        write(
                certificate,
                "CERTIFICATE",
                encoded(of(host, serverKey, Instant.now().plus(Duration.ofDays(1)))));
        write(key, "PRIVATE KEY", serverKey.getPrivate().getEncoded());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }

    private static void write(Path file, String type, byte[] content) throws IOException {
        Files.writeString(
                file,
                "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                        + type + "-----\n");
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    private X509Certificate of(String host, KeyPair serverKey, Instant until) {
        try {
            return signed(builder(new X500Name("CN=" + host), serverKey, until)
                    .addExtension(
                            Extension.subjectAlternativeName,
                            false,
                            new GeneralNames(new GeneralName(GeneralName.dNSName, host))));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    /** A server's context with a certificate for a host, valid until a time. */
    SSLContext server(String host, Instant until) {
        try {
            KeyPair serverKey = newKey();
            X509Certificate certificate = of(host, serverKey, until);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", serverKey.getPrivate(), PASSWORD, new Certificate[] {certificate, authority});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static JcaX509v3CertificateBuilder builder(X500Name subject, KeyPair subjectKey, Instant until) {
        return new JcaX509v3CertificateBuilder(
                AUTHORITY,
                new BigInteger(64, new SecureRandom()).add(BigInteger.ONE),
                Date.from(Instant.now().minus(Duration.ofDays(10))),
                Date.from(until),
                subject,
                subjectKey.getPublic());
    }

    private X509Certificate signed(X509v3CertificateBuilder certificate)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        certificate.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
