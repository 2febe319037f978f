package org.trackerreports.findmy.internal;

import feign.Feign;
import feign.Request;
import feign.Retryer;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
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
    private final SSLContext appleRoot;
    private final SSLContext platform;

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
        this.appleRoot = Trusts.appleRoot(settings.additionalCertificates());
        this.platform = Trusts.platform(settings.additionalCertificates());
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
        HttpClient shared = client(trust, new CookieManager());
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
        return build(api, address, () -> client(trust, cookies));
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
        return client(trust, new CookieManager())
                .newWebSocketBuilder()
                .connectTimeout(settings.connectTimeout())
                .buildAsync(address, listener);
    }

    private <T> T build(Class<T> api, URI address, Supplier<HttpClient> clients) {
        int connect = Math.toIntExact(settings.connectTimeout().toMillis());
        int call = Math.toIntExact(settings.callTimeout().toMillis());
        String base = address.toString();
        return Feign.builder()
                .client(new BoundedClient(clients, settings))
                .retryer(Retryer.NEVER_RETRY)
                .options(new Request.Options(connect, TimeUnit.MILLISECONDS, call, TimeUnit.MILLISECONDS, false))
                .target(api, base.endsWith("/") ? base.substring(0, base.length() - 1) : base);
    }

    private HttpClient client(Trust trust, CookieManager cookies) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .cookieHandler(cookies)
                .sslContext(trust == Trust.APPLE_ROOT ? appleRoot : platform)
                .build();
    }
}
