package org.trackerreports.findmy.internal;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS contexts that decide which certificate authorities may vouch for a server. The JDK checks the host name in addition, because the
 * managers are plain {@link X509TrustManager}s and the HTTP client requests the check.
 */
final class Trusts {

    private Trusts() {}

    static SSLContext appleRoot(List<X509Certificate> additional) {
        List<X509TrustManager> anyOf = new ArrayList<>();
        anyOf.add(AppleRoot.trustManager());
        addAdditional(anyOf, additional);
        return context(anyOf);
    }

    static SSLContext platform(List<X509Certificate> additional) {
        List<X509TrustManager> anyOf = new ArrayList<>();
        anyOf.add(fromStore(null));
        addAdditional(anyOf, additional);
        return context(anyOf);
    }

    private static void addAdditional(List<X509TrustManager> anyOf, List<X509Certificate> additional) {
        if (additional.isEmpty()) {
            return;
        }
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int number = 0; number < additional.size(); number++) {
                store.setCertificateEntry("additional-" + number, additional.get(number));
            }
            anyOf.add(fromStore(store));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("an additional certificate to trust cannot be used", e);
        }
    }

    /** The manager of a store; if null, of the platform's store. */
    private static X509TrustManager fromStore(@Nullable KeyStore store) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager found) {
                    return found;
                }
            }
            throw new IllegalStateException("this Java platform has no X.509 trust manager");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot make a trust manager", e);
        }
    }

    private static SSLContext context(List<X509TrustManager> anyOf) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyOfTrustManager(anyOf)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot make a TLS context", e);
        }
    }
}
