package org.trackerreports.findmy.http;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Limits of one call, the certificates to trust, and the proxies. Certificate verification cannot be switched off.
 *
 * @param connectTimeout the maximum time for connecting, more than zero
 * @param callTimeout the maximum time for a whole call, from connecting to the last byte of the response, more than zero
 * @param maxResponseBytes the maximum size of a response, at least 1; a larger response is an error
 * @param additionalCertificates certificates to trust in addition to the usual ones, for an anisette server or a simulator with a
 *     private certificate authority; usually empty. They are never trusted for Apple's own hosts
 * @param proxies the proxies to use
 */
public record HttpSettings(
        Duration connectTimeout,
        Duration callTimeout,
        int maxResponseBytes,
        List<X509Certificate> additionalCertificates,
        ProxySettings proxies) {

    /** 10 s for connecting, 30 s for a call, 64 MiB, no additional certificates. */
    public static final HttpSettings DEFAULT =
            new HttpSettings(Duration.ofSeconds(10), Duration.ofSeconds(30), 64 << 20, List.of());

    /** Settings with the proxies of the JVM. */
    public HttpSettings(
            Duration connectTimeout,
            Duration callTimeout,
            int maxResponseBytes,
            List<X509Certificate> additionalCertificates) {
        this(connectTimeout, callTimeout, maxResponseBytes, additionalCertificates, ProxySettings.OF_JVM);
    }

    public HttpSettings {
        additionalCertificates = List.copyOf(additionalCertificates);
        if (connectTimeout.isNegative()
                || connectTimeout.isZero()
                || callTimeout.isNegative()
                || callTimeout.isZero()) {
            throw new IllegalArgumentException(
                    "timeouts must be greater than zero, found " + connectTimeout + " and " + callTimeout);
        }
        if (maxResponseBytes < 1) {
            throw new IllegalArgumentException(
                    "the maximum size of a response must be at least 1 byte, found " + maxResponseBytes);
        }
    }

    /**
     * A copy of these settings that trusts other additional certificates.
     *
     * @param certificates the certificates, which replace the current additional ones
     * @return the settings
     */
    public HttpSettings trusting(List<X509Certificate> certificates) {
        return new HttpSettings(connectTimeout, callTimeout, maxResponseBytes, certificates, proxies);
    }

    /**
     * A copy of these settings that also trusts the certificates of a PEM file.
     *
     * @param pemFile the file, with at least one certificate
     * @return the settings
     * @throws IOException if the file cannot be read
     * @throws CertificateException if it contains no certificate, or a damaged one
     */
    public HttpSettings trusting(Path pemFile) throws IOException, CertificateException {
        List<X509Certificate> all = new ArrayList<>(additionalCertificates);
        all.addAll(PemFile.certificates(pemFile));
        return trusting(all);
    }

    /**
     * A copy of these settings that uses other proxies.
     *
     * @param other the proxies
     * @return the settings
     */
    public HttpSettings through(ProxySettings other) {
        return new HttpSettings(connectTimeout, callTimeout, maxResponseBytes, additionalCertificates, other);
    }
}
