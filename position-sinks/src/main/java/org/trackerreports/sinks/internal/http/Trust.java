package org.trackerreports.sinks.internal.http;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Turns certificates into what connections ask for. */
public final class Trust {

    private Trust() {}

    /** What trusts these certificates, and no others. */
    public static TrustManagerFactory managers(KeyStore certificates) {
        try {
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(certificates);
            return managers;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the trusted certificates cannot be used: " + e.getMessage(), e);
        }
    }

    static SSLContext context(KeyStore certificates) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(certificates).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }
}
