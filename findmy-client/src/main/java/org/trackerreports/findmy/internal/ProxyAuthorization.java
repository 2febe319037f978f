package org.trackerreports.findmy.internal;

import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Optional;
import org.trackerreports.findmy.http.ProxySettings;

/**
 * User and password for the proxy of an address. {@link java.net.http.HttpClient} must not know the authenticator: with one, it leaves out
 * the header {@code Authorization} that the services need. It sends this header to the proxy alone, never through it.
 */
final class ProxyAuthorization {

    static final String HEADER = "Proxy-Authorization";

    private static final String PROTOCOL = "http";
    private static final String SCHEME = "basic";

    private ProxyAuthorization() {}

    /** The value of {@link #HEADER}, which is secret; empty if there is no proxy, or it asks for nothing. */
    static Optional<String> of(ProxySettings proxies, URI address) {
        Optional<Authenticator> authenticator = proxies.authenticator();
        Optional<ProxySelector> selector = proxies.selector().or(() -> Optional.ofNullable(ProxySelector.getDefault()));
        if (authenticator.isEmpty() || selector.isEmpty()) {
            return Optional.empty();
        }
        return selector.get().select(address).stream()
                .map(Proxy::address)
                .filter(InetSocketAddress.class::isInstance)
                .map(InetSocketAddress.class::cast)
                .findFirst()
                .flatMap(proxy -> header(authenticator.get(), proxy));
    }

    private static Optional<String> header(Authenticator authenticator, InetSocketAddress proxy) {
        PasswordAuthentication found = authenticator.requestPasswordAuthenticationInstance(
                proxy.getHostString(),
                proxy.getAddress(),
                proxy.getPort(),
                PROTOCOL,
                "",
                SCHEME,
                null,
                Authenticator.RequestorType.PROXY);
        return Optional.ofNullable(found)
                .map(each -> BasicAuthorization.header(each.getUserName(), new String(each.getPassword())));
    }
}
