package org.trackerreports.core.wiring;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.Options;
import org.trackerreports.findmy.http.ProxySettings;

/** The proxies of HTTPS_PROXY, HTTP_PROXY and NO_PROXY, used as other programs use them. Immutable and thread-safe. */
final class ConfiguredProxies extends ProxySelector {

    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredProxies.class);
    private static final String NO_PASSWORD_FOR = "jdk.http.auth.tunneling.disabledSchemes";
    private static final int HTTP_PORT = 80;
    private static final List<Proxy> NONE = List.of(Proxy.NO_PROXY);

    private final Optional<URI> forHttps;
    private final Optional<URI> forHttp;
    private final ProxyExceptions exceptions;

    private ConfiguredProxies(Optional<URI> forHttps, Optional<URI> forHttp, ProxyExceptions exceptions) {
        this.forHttps = forHttps;
        this.forHttp = forHttp;
        this.exceptions = exceptions;
    }

    /** The proxies of the configuration; those of the JVM if it names none. */
    static ProxySettings of(Configuration configuration) {
        Optional<URI> forHttps = configuration.find(Options.HTTPS_PROXY);
        Optional<URI> forHttp = configuration.find(Options.HTTP_PROXY);
        if (forHttps.isEmpty() && forHttp.isEmpty()) {
            return ProxySettings.OF_JVM;
        }
        ConfiguredProxies proxies = new ConfiguredProxies(
                forHttps,
                forHttp,
                ProxyExceptions.of(configuration.find(Options.NO_PROXY).orElse("")));
        return new ProxySettings(
                proxies,
                authenticator(
                        Stream.of(forHttps, forHttp).flatMap(Optional::stream).toList()));
    }

    @Override
    public List<Proxy> select(URI address) {
        String host = address.getHost();
        if (host == null || Loopback.is(host) || exceptions.include(host, address.getPort())) {
            return NONE;
        }
        boolean secure = List.of("https", "wss")
                .contains(String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT));
        return (secure ? forHttps : forHttp)
                .map(proxy -> List.of(
                        new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port(proxy)))))
                .orElse(NONE);
    }

    private static int port(URI proxy) {
        return proxy.getPort() < 0 ? HTTP_PORT : proxy.getPort();
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException reason) {
        LOG.debug("The proxy for {} cannot be reached.", address.getHost());
    }

    private static Optional<Authenticator> authenticator(List<URI> proxies) {
        if (proxies.stream().allMatch(proxy -> proxy.getRawUserInfo() == null)) {
            return Optional.empty();
        }
        // Java sends no password to a proxy for https otherwise; it is read once, before the first call.
        PropertyDefault.set(NO_PASSWORD_FOR, "");
        return Optional.of(new Authenticator() {
            @Override
            protected @Nullable PasswordAuthentication getPasswordAuthentication() {
                if (getRequestorType() != RequestorType.PROXY) {
                    return null;
                }
                return proxies.stream()
                        .filter(proxy -> proxy.getRawUserInfo() != null)
                        .filter(proxy -> proxy.getHost().equalsIgnoreCase(getRequestingHost())
                                && port(proxy) == getRequestingPort())
                        .findFirst()
                        .map(ConfiguredProxies::credentials)
                        .orElse(null);
            }
        });
    }

    private static PasswordAuthentication credentials(URI proxy) {
        String[] parts = proxy.getRawUserInfo().split(":", 2);
        return new PasswordAuthentication(decoded(parts[0]), (parts.length < 2 ? "" : decoded(parts[1])).toCharArray());
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
