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
 * Makes the Feign faces of the services, each with the trust it needs and without any retry: when to ask again is decided where
 * the answer is understood. Thread-safe.
 */
public final class Transport {

    private final HttpSettings settings;
    private final SSLContext appleRoot;
    private final SSLContext platform;

    /** Whom a server must be vouched for by. */
    public enum Trust {
        /** Apple's root alone, which the sign-in service needs and no platform ships. */
        APPLE_ROOT,
        /** The platform's certificate authorities. */
        PLATFORM
    }

    public Transport(HttpSettings settings) {
        this.settings = settings;
        this.appleRoot = Trusts.appleRoot(settings.additionalCertificates());
        this.platform = Trusts.platform(settings.additionalCertificates());
    }

    /** A face whose calls share connections. */
    public <T> T sharing(Class<T> face, URI address, Trust trust) {
        HttpClient shared = client(trust, new CookieManager());
        return face(face, address, () -> shared);
    }

    /** A face whose calls each open a connection of their own but share cookies, as the sign-in service likes it. */
    public <T> T freshConnections(Class<T> face, URI address, Trust trust) {
        CookieManager cookies = new CookieManager();
        return face(face, address, () -> client(trust, cookies));
    }

    /** Opens a web socket; the future fails where no connection comes about within the time for one. */
    public CompletableFuture<WebSocket> webSocket(URI address, Trust trust, WebSocket.Listener listener) {
        return client(trust, new CookieManager())
                .newWebSocketBuilder()
                .connectTimeout(settings.connectTimeout())
                .buildAsync(address, listener);
    }

    private <T> T face(Class<T> face, URI address, Supplier<HttpClient> clients) {
        int connect = Math.toIntExact(settings.connectTimeout().toMillis());
        int call = Math.toIntExact(settings.callTimeout().toMillis());
        String base = address.toString();
        return Feign.builder()
                .client(new BoundedClient(clients, settings))
                .retryer(Retryer.NEVER_RETRY)
                .options(new Request.Options(connect, TimeUnit.MILLISECONDS, call, TimeUnit.MILLISECONDS, false))
                .target(face, base.endsWith("/") ? base.substring(0, base.length() - 1) : base);
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
