package org.trackerreports.findmy.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.X509TrustManager;
import javax.security.auth.x500.X500Principal;

/**
 * Apple's root certificate authority as a trust anchor, made from its name and its public key.
 *
 * <p>{@code gsa.apple.com} chains to "Apple Root CA", which neither the JDK nor Mozilla nor Debian ships. Other programs switch off
 * verification for this reason. The key is from Apple's published root certificate; a test pins its SHA-256.
 */
final class AppleRoot {

    private static final String NAME = "CN=Apple Root CA,OU=Apple Certification Authority,O=Apple Inc.,C=US";
    private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";

    private AppleRoot() {}

    static X509TrustManager trustManager() {
        return new AnchorTrustManager(new TrustAnchor(new X500Principal(NAME), publicKey(), null));
    }

    /** The DER bytes of the SubjectPublicKeyInfo. */
    static byte[] encodedPublicKey() {
        try (InputStream in =
                Objects.requireNonNull(AppleRoot.class.getResourceAsStream("apple-root-public-key.hex"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PublicKey publicKey() {
        try {
            return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encodedPublicKey()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Apple's root key cannot be read", e);
        }
    }

    /** Validates the path directly, because the platform's manager does not accept an anchor without a certificate. */
    static final class AnchorTrustManager implements X509TrustManager {

        private final TrustAnchor anchor;

        AnchorTrustManager(TrustAnchor anchor) {
            this.anchor = anchor;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            if (chain == null || chain.length == 0) {
                throw new CertificateException("the server sent no certificate");
            }
            List<String> usages = chain[0].getExtendedKeyUsage();
            if (usages == null || !usages.contains(SERVER_AUTHENTICATION)) {
                // The root also vouches for developers and devices. Accept only servers.
                throw new CertificateException("the certificate is not for servers");
            }
            try {
                PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
                parameters.setRevocationEnabled(false);
                CertPathValidator.getInstance("PKIX")
                        .validate(
                                CertificateFactory.getInstance("X.509").generateCertPath(withoutRoot(chain)),
                                parameters);
            } catch (GeneralSecurityException e) {
                throw new CertificateException("the certificate does not chain to " + NAME + ": " + e.getMessage(), e);
            }
        }

        private static List<X509Certificate> withoutRoot(X509Certificate[] chain) {
            List<X509Certificate> path = new ArrayList<>(List.of(chain));
            X509Certificate last = path.get(path.size() - 1);
            if (path.size() > 1 && last.getSubjectX500Principal().equals(last.getIssuerX500Principal())) {
                path.remove(path.size() - 1);
            }
            return path;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("this program is never a server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
