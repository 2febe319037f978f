package org.trackerreports.sinks.internal.http;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.trackerreports.sinks.internal.text.SafeText;

/**
 * Says why a TLS connection failed, and what to do about it. Source: the exceptions of the JSSE of OpenJDK 17 to 25; what it says of names has no
 * type of its own, so it is known by its words.
 */
public final class TlsTrouble {

    private TlsTrouble() {}

    /**
     * The reason, as the beginning of a sentence.
     *
     * @param address host and port of the receiver
     * @return empty if it was something else than TLS that failed
     */
    public static Optional<String> reason(Throwable failure, String address) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            causes.add(cause);
        }
        String certificate = "the certificate of " + address;
        if (has(causes, CertificateExpiredException.class)) {
            return Optional.of(certificate + " has expired; it must be renewed there");
        }
        if (has(causes, CertificateNotYetValidException.class)) {
            return Optional.of(certificate + " is not valid yet; compare the clocks of both machines");
        }
        if (has(causes, CertPathBuilderException.class) || has(causes, CertPathValidatorException.class)) {
            return Optional.of(
                    certificate + " is signed by nobody who is trusted here; trust the certificate of its authority");
        }
        if (causes.stream().anyMatch(TlsTrouble::isOfAnotherName)) {
            return Optional.of(
                    certificate + " is for another name; use the name that it is for, or get one for this name");
        }
        return causes.stream()
                .filter(SSLException.class::isInstance)
                .findFirst()
                .map(cause -> String.valueOf(cause.getMessage()))
                .map(message -> isNoTls(message)
                        ? address + " does not speak TLS; use its other port, or an address without TLS"
                        : "no TLS connection to " + address + ": " + SafeText.of(message));
    }

    private static boolean has(List<Throwable> causes, Class<? extends Throwable> type) {
        return causes.stream().anyMatch(type::isInstance);
    }

    private static boolean isOfAnotherName(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return cause instanceof CertificateException
                && (message.startsWith("No subject alternative") || message.startsWith("No name matching"));
    }

    /** As OpenJDK and Netty say it. */
    private static boolean isNoTls(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        return lower.contains("unrecognized ssl message") || lower.contains("not an ssl/tls record");
    }
}
