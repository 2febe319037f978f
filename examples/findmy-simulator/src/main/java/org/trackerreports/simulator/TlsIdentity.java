package org.trackerreports.simulator;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority, and the server's certificate from it. Its names are those of this machine and of the hosts that the
 * simulator replaces, so that name resolution can direct an unchanged client to it.
 *
 * @param authority the authority's certificate
 * @param authorityKey its private key
 * @param keyStore the server's key and chain
 */
record TlsIdentity(X509Certificate authority, PrivateKey authorityKey, KeyStore keyStore) {
    static final String PASSWORD = "simulator";
    private static final Duration LIFETIME = Duration.ofDays(397);
    private static final Duration BACKDATED = Duration.ofDays(1);
    private static final X500Name AUTHORITY = new X500Name("CN=Find My simulator CA (for tests only)");

    /**
     * With a new authority. Certificates are valid around the real time, whatever the simulated clock says: TLS clients go by the
     * real one.
     */
    static TlsIdentity create(Instant now) {
        try {
            KeyPair key = newKey();
            X509Certificate authority = sign(
                    key.getPrivate(),
                    builder(AUTHORITY, AUTHORITY, key.getPublic(), now)
                            .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                            .addExtension(
                                    Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)));
            return under(authority, key.getPrivate(), now);
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("The certificate authority could not be made.", e);
        }
    }

    /** With a given authority. */
    static TlsIdentity under(X509Certificate authority, PrivateKey authorityKey, Instant now) {
        GeneralNames names = new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.dNSName, Simulator.NAME_BEHIND_PROXY),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
            new GeneralName(GeneralName.iPAddress, "::1"),
            new GeneralName(GeneralName.dNSName, "gsa.apple.com"),
            new GeneralName(GeneralName.dNSName, "setup.icloud.com"),
            new GeneralName(GeneralName.dNSName, "gateway.icloud.com")
        });
        try {
            KeyPair key = newKey();
            X500Name issuer = new JcaX509CertificateHolder(authority).getSubject();
            X509Certificate server = sign(
                    authorityKey,
                    builder(issuer, new X500Name("CN=localhost"), key.getPublic(), now)
                            .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                            .addExtension(Extension.subjectAlternativeName, false, names));
            KeyStore keyStore = KeyStore.getInstance("PKCS12");
            keyStore.load(null, null);
            keyStore.setKeyEntry(
                    "server", key.getPrivate(), PASSWORD.toCharArray(), new Certificate[] {server, authority});
            return new TlsIdentity(authority, authorityKey, keyStore);
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("The server's certificate could not be made.", e);
        }
    }

    private static KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static JcaX509v3CertificateBuilder builder(X500Name issuer, X500Name subject, PublicKey key, Instant now) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(64, new SecureRandom()).add(BigInteger.ONE),
                Date.from(now.minus(BACKDATED)),
                Date.from(now.plus(LIFETIME)),
                subject,
                key);
    }

    private static X509Certificate sign(PrivateKey authorityKey, X509v3CertificateBuilder certificate)
            throws GeneralSecurityException, OperatorCreationException {
        String algorithm = authorityKey.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        return new JcaX509CertificateConverter()
                .getCertificate(certificate.build(new JcaContentSignerBuilder(algorithm).build(authorityKey)));
    }
}
