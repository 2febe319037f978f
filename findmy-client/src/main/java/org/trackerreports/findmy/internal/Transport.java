package org.trackerreports.findmy.internal;

import feign.Feign;
import feign.Request;
import feign.Retryer;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.trackerreports.findmy.http.HttpSettings;

/**
 * Makes the Feign clients of the services, each with the trust that it needs and without retries: the caller, who understands the
 * response, decides whether to retry. Thread-safe.
 */
public final class Transport {

    private final HttpSettings settings;
    /** Which certificate authorities may vouch for a server. */
    public enum Trust {
        /** Only Apple's root, which the sign-in service needs and no platform ships. */
        APPLE_ROOT,
        /** The platform's certificate authorities. */
        PLATFORM
    }

    /**
     * Makes clients with these settings.
     *
     * @param settings limits of a call, and certificates to trust
     */
    public Transport(HttpSettings settings) {
        this.settings = settings;
    }

    /**
     * A client whose calls share connections.
     *
     * @param <T> the type of the interface
     * @param api the interface of the service
     * @param address the address of the service
     * @param trust which certificate authorities may vouch for the service
     * @return the client
     */
    public <T> T sharing(Class<T> api, URI address, Trust trust) {
        HttpClient shared = client(tls(address, trust), new CookieManager());
        return build(api, address, () -> shared);
    }

    /**
     * A client that opens a new connection for each call but keeps cookies, as the sign-in service needs it.
     *
     * @param <T> the type of the interface
     * @param api the interface of the service
     * @param address the address of the service
     * @param trust which certificate authorities may vouch for the service
     * @return the client
     */
    public <T> T freshConnections(Class<T> api, URI address, Trust trust) {
        CookieManager cookies = new CookieManager();
        SSLContext tls = tls(address, trust);
        return build(api, address, () -> client(tls, cookies));
    }

    /**
     * Opens a web socket.
     *
     * @param address the address
     * @param trust which certificate authorities may vouch for the server
     * @param listener receives the messages
     * @return the web socket; fails if connecting fails or takes too long
     */
    public CompletableFuture<WebSocket> webSocket(URI address, Trust trust, WebSocket.Listener listener) {
        ServerAddress server = ServerAddress.of(address);
        WebSocket.Builder builder = client(tls(address, trust), new CookieManager())
                .newWebSocketBuilder()
                .connectTimeout(settings.connectTimeout());
        server.authorization().ifPresent(value -> builder.header(ServerAddress.AUTHORIZATION, value));
        ProxyAuthorization.of(settings.proxies(), server.address())
                .ifPresent(value -> builder.header(ProxyAuthorization.HEADER, value));
        return builder.buildAsync(server.address(), listener);
    }

    private <T> T build(Class<T> api, URI address, Supplier<HttpClient> clients) {
        int connect = Math.toIntExact(settings.connectTimeout().toMillis());
        int call = Math.toIntExact(settings.callTimeout().toMillis());
        ServerAddress server = ServerAddress.of(address);
        String base = server.address().toString();
        Optional<String> proxyAuthorization = ProxyAuthorization.of(settings.proxies(), server.address());
        return Feign.builder()
                .requestInterceptor(request ->
                        server.authorization().ifPresent(value -> request.header(ServerAddress.AUTHORIZATION, value)))
                .requestInterceptor(request ->
                        proxyAuthorization.ifPresent(value -> request.header(ProxyAuthorization.HEADER, value)))
                .client(new BoundedClient(clients, settings))
                .retryer(Retryer.NEVER_RETRY)
                .options(new Request.Options(connect, TimeUnit.MILLISECONDS, call, TimeUnit.MILLISECONDS, false))
                .target(api, base.endsWith("/") ? base.substring(0, base.length() - 1) : base);
    }

    private SSLContext tls(URI address, Trust trust) {
        List<X509Certificate> additional = AppleHosts.include(address) ? List.of() : settings.additionalCertificates();
        return trust == Trust.APPLE_ROOT ? Trusts.appleRoot(additional) : Trusts.platform(additional);
    }

    private HttpClient client(SSLContext tls, CookieManager cookies) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .cookieHandler(cookies)
                .executor(HttpThreads.SHARED)
                .sslContext(tls);
        settings.proxies().selector().ifPresent(builder::proxy);
        return builder.build();
    }
}
