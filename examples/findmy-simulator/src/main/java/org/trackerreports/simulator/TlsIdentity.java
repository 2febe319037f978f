package org.trackerreports.simulator;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority made at start, and the server's certificate from it. Its names are those of this machine and of the hosts
 * that the simulator stands for, so that an unchanged client can be led here by name resolution.
 */
final class TlsIdentity {
    private static final Duration LIFETIME = Duration.ofDays(397);
    private static final Duration BACKDATED = Duration.ofDays(1);
    private static final X500Name AUTHORITY = new X500Name("CN=Find My simulator CA (for tests only)");

    private final X509Certificate authority;
    private final KeyStore keyStore;
    private final char[] password = "simulator".toCharArray();

    private TlsIdentity(X509Certificate authority, KeyStore keyStore) {
        this.authority = authority;
        this.keyStore = keyStore;
    }

    /** Valid around the real time, whatever the simulated clock says: TLS clients go by the real one. */
    static TlsIdentity create(Instant now) {
        try {
            KeyPair authorityKey = newKey();
            KeyPair serverKey = newKey();
            X509Certificate authority = sign(
                    authorityKey,
                    builder(AUTHORITY, authorityKey, now)
                            .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                            .addExtension(
                                    Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)));
            GeneralNames names = new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "localhost"),
                new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                new GeneralName(GeneralName.iPAddress, "::1"),
                new GeneralName(GeneralName.dNSName, "gsa.apple.com"),
                new GeneralName(GeneralName.dNSName, "setup.icloud.com"),
                new GeneralName(GeneralName.dNSName, "gateway.icloud.com")
            });
            X509Certificate server = sign(
                    authorityKey,
                    builder(new X500Name("CN=localhost"), serverKey, now)
                            .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                            .addExtension(Extension.subjectAlternativeName, false, names));
            TlsIdentity identity = new TlsIdentity(authority, KeyStore.getInstance("PKCS12"));
            identity.keyStore.load(null, null);
            identity.keyStore.setKeyEntry(
                    "server", serverKey.getPrivate(), identity.password, new Certificate[] {server, authority});
            return identity;
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("The certificates could not be made.", e);
        }
    }

    KeyStore keyStore() {
        return keyStore;
    }

    String keyStorePassword() {
        return new String(password);
    }

    String authorityPem() {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(authority.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was just made can be encoded.", e);
        }
    }

    private static KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static JcaX509v3CertificateBuilder builder(X500Name subject, KeyPair key, Instant now) {
        return new JcaX509v3CertificateBuilder(
                AUTHORITY,
                new BigInteger(64, new SecureRandom()).add(BigInteger.ONE),
                Date.from(now.minus(BACKDATED)),
                Date.from(now.plus(LIFETIME)),
                subject,
                key.getPublic());
    }

    private static X509Certificate sign(
            KeyPair authorityKey, org.bouncycastle.cert.X509v3CertificateBuilder certificate)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(certificate.build(
                        new JcaContentSignerBuilder("SHA256withECDSA").build(authorityKey.getPrivate())));
    }
}
