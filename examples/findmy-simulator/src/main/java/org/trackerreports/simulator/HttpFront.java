package org.trackerreports.simulator;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
    private final Faults faults;
    private final Clock clock;

    HttpFront(int port, TlsIdentity tls, Router router, RequestLog requests, Faults faults, Clock clock) {
        this.router = router;
        this.requests = requests;
        this.faults = faults;
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
            try {
                if (!call.secure() && route.service() != Service.ANISETTE) {
                    throw new RefusedRequest(Reply.html(403, "Forbidden"), "plain HTTP; this service speaks TLS only");
                }
                reply = route.handler().apply(call);
            } catch (RefusedRequest e) {
                // A fault strikes refused requests too.
                call.proceed();
                reply = e.reply();
                refusal = e.getMessage();
                LOG.warn("Refused {} {} with HTTP {}: {}.", call.method(), call.path(), reply.status(), refusal);
            }
            if (call.isStruckBy(FaultKind.HALF_ANSWER)) {
                reply = reply.withBody(Arrays.copyOf(reply.body(), reply.body().length / 2));
            }
        } catch (StruckRequest e) {
            reply = StruckRequest.reply(call.fault().orElseThrow());
        }
        boolean silent = call.isStruckBy(FaultKind.HANG) || call.isStruckBy(FaultKind.CONNECTION_RESET);
        requests.add(new LoggedRequest(
                clock.instant(),
                route.service(),
                call.method(),
                call.path(),
                call.account(),
                shortName(call.machine()),
                call.entries(),
                call.ids(),
                silent ? 0 : reply.status(),
                refusal,
                call.fault().map(f -> f.kind().name()).orElse("")));
        return reply;
    }

    private static String shortName(String machineId) {
        return machineId.isEmpty() ? "" : String.format("%08x", machineId.hashCode());
    }

    private final class Front extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            String path = Request.getPathInContext(request);
            Optional<Router.Route> route = router.find(request.getMethod(), path);
            Call call = new Call(
                    request.getMethod(),
                    path,
                    request.isSecure(),
                    request.getHeaders()::get,
                    BufferUtil.toArray(Content.Source.asByteBuffer(request)),
                    struck -> route.flatMap(r -> faults.strike(r.service(), struck.account())));
            if (route.isEmpty()) {
                LOG.warn("Refused {} {} with HTTP 404: no service has this endpoint.", call.method(), call.path());
                write(Reply.html(404, "Not Found"), response, callback);
                return true;
            }
            Reply reply = answer(call, route.get());
            if (call.isStruckBy(FaultKind.CONNECTION_RESET)) {
                Connections.reset(request, callback);
            } else if (call.isStruckBy(FaultKind.HANG)) {
                later(call, () -> Connections.reset(request, callback));
            } else if (call.isStruckBy(FaultKind.SLOW)) {
                later(call, () -> write(reply, response, callback));
            } else {
                write(reply, response, callback);
            }
            return true;
        }

        private void later(Call call, Runnable task) {
            Duration delay = call.fault().orElseThrow().delay();
            server.getScheduler().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
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
