package org.trackerreports.sinks.connection;

import java.net.ProxySelector;
import java.net.URI;
import java.security.KeyStore;
import java.util.Objects;
import java.util.Optional;

/**
 * A receiver by HTTP. The text form contains only host and port, because paths and queries of such addresses are often secrets.
 *
 * @param url http or https, without user information
 * @param credentials sent as Basic authentication
 * @param token sent as Bearer authentication
 * @param trusted certificates to trust instead of those of Java
 * @param proxy how to get there; empty for the way that Java is configured for
 */
public record HttpAddress(
        URI url,
        Optional<Credentials> credentials,
        Optional<String> token,
        Optional<KeyStore> trusted,
        Optional<ProxySelector> proxy) {

    public HttpAddress {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(trusted, "trusted");
        Objects.requireNonNull(proxy, "proxy");
        boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!http || url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "an address begins with http:// or https:// and has a host, but neither a user nor a fragment");
        }
        if (credentials.isPresent() && token.isPresent()) {
            throw new IllegalArgumentException("there is a user as well as a token; a receiver takes one of them");
        }
    }

    /** An address without credentials. */
    public static HttpAddress of(URI url) {
        return new HttpAddress(url, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public HttpAddress withCredentials(Credentials user) {
        return new HttpAddress(url, Optional.of(user), token, trusted, proxy);
    }

    public HttpAddress withToken(String bearer) {
        return new HttpAddress(url, credentials, Optional.of(bearer), trusted, proxy);
    }

    public HttpAddress withTrusted(KeyStore certificates) {
        return new HttpAddress(url, credentials, token, Optional.of(certificates), proxy);
    }

    public HttpAddress withProxy(ProxySelector way) {
        return new HttpAddress(url, credentials, token, trusted, Optional.of(way));
    }

    /** Another address of the same receiver. */
    public HttpAddress at(URI other) {
        return new HttpAddress(other, credentials, token, trusted, proxy);
    }

    @Override
    public String toString() {
        return url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }
}
