package org.trackerreports.findmy.internal;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.X509TrustManager;

/** Trusts a server if at least one of several managers trusts it. Otherwise fails as the first manager does. Thread-safe. */
final class AnyOfTrustManager implements X509TrustManager {

    private final List<X509TrustManager> managers;

    AnyOfTrustManager(List<X509TrustManager> managers) {
        this.managers = List.copyOf(managers);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        CertificateException refusal = null;
        for (X509TrustManager manager : managers) {
            try {
                manager.checkServerTrusted(chain, authType);
                return;
            } catch (CertificateException e) {
                if (refusal == null) {
                    refusal = e;
                } else {
                    refusal.addSuppressed(e);
                }
            }
        }
        throw refusal == null ? new CertificateException("no certificate authority is trusted") : refusal;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this program is never a server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return managers.stream()
                .flatMap(manager -> Stream.of(manager.getAcceptedIssuers()))
                .toArray(X509Certificate[]::new);
    }
}
