package org.trackerreports.core.config;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.trackerreports.core.text.FileProblems;
import org.trackerreports.findmy.http.PemFile;

/**
 * A PEM file with certificates to trust.
 *
 * @param certificates at least one
 */
public record CertificateFile(Path path, List<X509Certificate> certificates) {

    private static final String FORM = "a PEM file with -----BEGIN CERTIFICATE-----";

    public CertificateFile {
        certificates = List.copyOf(certificates);
    }

    /** The type of an option that names such a file. */
    public static OptionType<CertificateFile> type() {
        return new OptionType<>("", text -> read(OptionType.path().parser().apply(text)));
    }

    private static CertificateFile read(Path file) {
        try {
            return new CertificateFile(file, PemFile.certificates(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(FORM + "; it cannot be read: " + FileProblems.reason(e));
        } catch (CertificateException e) {
            throw new IllegalArgumentException(FORM + "; this one " + e.getMessage());
        }
    }
}
