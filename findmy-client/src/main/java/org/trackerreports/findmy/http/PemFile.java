package org.trackerreports.findmy.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.trackerreports.findmy.file.TextFiles;

/** Files with {@code -----BEGIN CERTIFICATE-----}. */
public final class PemFile {

    private PemFile() {}

    /**
     * The certificates of a file, at least one.
     *
     * @throws IOException if it cannot be read
     * @throws CertificateException if it contains no certificate, or a damaged one; the message goes on after the name of the file
     */
    public static List<X509Certificate> certificates(Path file) throws IOException, CertificateException {
        byte[] bytes = TextFiles.readBytes(file, TextFiles.MAX_BYTES);
        List<X509Certificate> certificates;
        try {
            certificates =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
        } catch (CertificateException e) {
            throw new CertificateException("is damaged, or of another kind", e);
        }
        if (certificates.isEmpty()) {
            throw new CertificateException("contains no certificate");
        }
        return certificates;
    }
}
