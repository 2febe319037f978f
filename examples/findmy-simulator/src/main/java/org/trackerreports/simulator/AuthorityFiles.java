package org.trackerreports.simulator;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;

/** The files that the simulator reads and writes: above all the certificate authority's, as PEM. */
final class AuthorityFiles {
    private AuthorityFiles() {}

    /** The identity for the settings; reads or writes the files that they name. */
    static TlsIdentity identity(SimulatorSettings settings) {
        Path certificate = settings.certificateAuthorityFile().orElse(null);
        Path key = settings.certificateAuthorityKeyFile().orElse(null);
        Instant now = Instant.now();
        if (key != null && certificate != null && Files.exists(key) && Files.exists(certificate)) {
            return TlsIdentity.under(readCertificate(certificate), readKey(key), now);
        }
        TlsIdentity identity = TlsIdentity.create(now);
        if (certificate != null) {
            write(certificate, pem(identity.authority()));
        }
        if (key != null) {
            byte[] encoded = identity.authorityKey().getEncoded();
            writePrivate(key, pemOf(new PemObject("PRIVATE KEY", encoded)));
        }
        return identity;
    }

    static String pem(X509Certificate certificate) {
        return pemOf(certificate);
    }

    private static String pemOf(Object object) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory cannot fail.", e);
        }
        return text.toString();
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " could not be written.", e);
        }
    }

    /** Writes a file that only its owner can read. */
    static void writePrivate(Path file, String text) {
        try {
            Files.deleteIfExists(file);
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " could not be made.", e);
        }
        write(file, text);
    }

    private static X509Certificate readCertificate(Path file) {
        try (var in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " could not be read.", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The file " + file + " holds no X.509 certificate in PEM.", e);
        }
    }

    private static PrivateKey readKey(Path file) {
        try (Reader in = Files.newBufferedReader(file);
                PEMParser parser = new PEMParser(in)) {
            Object found = parser.readObject();
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            if (found instanceof PEMKeyPair pair) {
                return converter.getPrivateKey(pair.getPrivateKeyInfo());
            }
            if (found instanceof PrivateKeyInfo info) {
                return converter.getPrivateKey(info);
            }
            throw new IllegalArgumentException(
                    "The file " + file + " holds no unencrypted private key in PEM (PKCS#8, or that of OpenSSL).");
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " could not be read as PEM.", e);
        }
    }
}
