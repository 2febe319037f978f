package org.trackerreports.simulator;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP/1.1 server in front of all services, on the loopback interface only. The same port takes TLS and, for the anisette
 * server, plain HTTP.
 */
final class HttpFront implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);
    private static final int THREADS = 64;

    private final Server server;
    private final ServerConnector connector;
    private final Router router;
    private final RequestLog requests;
    private final Clock clock;

    HttpFront(int port, TlsIdentity tls, Router router, RequestLog requests, Clock clock) {
        this.router = router;
        this.requests = requests;
        this.clock = clock;
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("simulator");
        threads.setDaemon(true);
        server = new Server(threads);
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setKeyStore(tls.keyStore());
        ssl.setKeyStorePassword(tls.keyStorePassword());
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // Clients reach the simulator by address or by the names of the hosts that it stands for.
        http.addCustomizer(new SecureRequestCustomizer(false));
        connector = new ServerConnector(
                server,
                new DetectorConnectionFactory(new SslConnectionFactory(ssl, "http/1.1")),
                new HttpConnectionFactory(http));
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(new Front());
    }

    void start() {
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw new IllegalStateException(
                    "The simulator could not listen on port " + connector.getPort() + " of the loopback interface: "
                            + e.getMessage() + ". Choose another port, or 0 for a free one.",
                    e);
        }
    }

    int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("The HTTP server did not stop cleanly.", e);
        }
    }

    private Reply answer(Call call, Router.Route route) {
        Reply reply;
        String refusal = "";
        try {
            if (!call.secure() && route.service() != Service.ANISETTE) {
                throw new RefusedRequest(Reply.html(403, "Forbidden"), "plain HTTP; this service speaks TLS only");
            }
            reply = route.handler().apply(call);
        } catch (RefusedRequest e) {
            reply = e.reply();
            refusal = e.getMessage();
            LOG.warn("Refused {} {} with HTTP {}: {}.", call.method(), call.path(), reply.status(), refusal);
        }
        requests.add(new LoggedRequest(
                clock.instant(),
                route.service(),
                call.method(),
                call.path(),
                call.account(),
                shortName(call.machine()),
                call.entries(),
                call.ids(),
                reply.status(),
                refusal));
        return reply;
    }

    private static String shortName(String machineId) {
        return machineId.isEmpty() ? "" : String.format("%08x", machineId.hashCode());
    }

    private final class Front extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            ByteBuffer content = Content.Source.asByteBuffer(request);
            Call call = new Call(
                    request.getMethod(),
                    Request.getPathInContext(request),
                    request.isSecure(),
                    request.getHeaders()::get,
                    BufferUtil.toArray(content));
            Optional<Router.Route> route = router.find(call.method(), call.path());
            if (route.isEmpty()) {
                LOG.warn("Refused {} {} with HTTP 404: no service has this endpoint.", call.method(), call.path());
            }
            write(route.map(r -> answer(call, r)).orElseGet(() -> Reply.html(404, "Not Found")), response, callback);
            return true;
        }

        private void write(Reply reply, Response response, Callback callback) {
            response.setStatus(reply.status());
            response.getHeaders().put(HttpHeader.SERVER, "Apple");
            if (reply.contentType() != null) {
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
            }
            reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.body().length);
            response.write(true, ByteBuffer.wrap(reply.body()), callback);
        }
    }
}
