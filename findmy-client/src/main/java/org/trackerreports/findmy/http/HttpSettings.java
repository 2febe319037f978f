package org.trackerreports.findmy.http;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/**
 * Limits of one call, and whom to trust. There is no setting that switches the verification of certificates off.
 *
 * @param connectTimeout how long a connection may take to come about, more than zero
 * @param callTimeout how long a whole call may take from the first byte sent to the last one read, more than zero
 * @param maxResponseBytes a response with more bytes is given up, at least 1
 * @param additionalCertificates certificates that are trusted in addition to the usual ones, for an anisette server or a
 *     simulator with a certificate authority of its own; usually none
 */
public record HttpSettings(
        Duration connectTimeout,
        Duration callTimeout,
        int maxResponseBytes,
        List<X509Certificate> additionalCertificates) {

    /** 10 s to connect, 30 s for a call, 64 MiB, nobody trusted in addition. */
    public static final HttpSettings DEFAULT =
            new HttpSettings(Duration.ofSeconds(10), Duration.ofSeconds(30), 64 << 20, List.of());

    public HttpSettings {
        additionalCertificates = List.copyOf(additionalCertificates);
        if (connectTimeout.isNegative()
                || connectTimeout.isZero()
                || callTimeout.isNegative()
                || callTimeout.isZero()) {
            throw new IllegalArgumentException(
                    "timeouts are longer than zero, found " + connectTimeout + " and " + callTimeout);
        }
        if (maxResponseBytes < 1) {
            throw new IllegalArgumentException(
                    "a response has at least one byte, found a limit of " + maxResponseBytes);
        }
    }

    /** These settings, trusting other certificates in addition. */
    public HttpSettings trusting(List<X509Certificate> certificates) {
        return new HttpSettings(connectTimeout, callTimeout, maxResponseBytes, certificates);
    }
}
