package org.trackerreports.simulator;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
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
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP/1.1 server in front of all services, on the loopback interface only. The same port takes TLS and, for the anisette
 * server, plain HTTP. The control API has a separate port.
 */
final class HttpFront implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);
    private static final int THREADS = 64;
    private static final int SWITCHING_PROTOCOLS = 101;

    private final Server server;
    private final Map<Service, ServerConnector> connectors = new EnumMap<>(Service.class);
    private final @Nullable ServerConnector controlConnector;
    private final Dispatcher dispatcher;
    private final Function<Call, Reply> control;

    HttpFront(
            SimulatorSettings settings,
            TlsIdentity tls,
            Dispatcher dispatcher,
            Function<Call, Reply> control,
            Anisette anisette) {
        this.dispatcher = dispatcher;
        this.control = control;
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("simulator");
        threads.setDaemon(true);
        server = new Server(threads);
        HttpConnectionFactory http = new HttpConnectionFactory(configuration());
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setKeyStore(tls.keyStore());
        ssl.setKeyStorePassword(TlsIdentity.PASSWORD);
        Map<Integer, ServerConnector> byPort = new HashMap<>();
        for (Service service : Service.values()) {
            Integer own = settings.servicePorts().get(service);
            Function<Integer, ServerConnector> open = port ->
                    connector(port, new DetectorConnectionFactory(new SslConnectionFactory(ssl, "http/1.1")), http);
            connectors.put(
                    service,
                    own != null && own == 0
                            ? open.apply(0)
                            : byPort.computeIfAbsent(own == null ? settings.port() : own, open));
        }
        controlConnector = settings.controlPort().isPresent()
                ? connector(settings.controlPort().getAsInt(), http)
                : null;
        WebSocketUpgradeHandler webSockets = WebSocketUpgradeHandler.from(
                server,
                container -> container.addMapping(AnisetteService.PROVISIONING_PATH, (request, response, callback) -> {
                    Reply reply = dispatcher.answer(call(request, new byte[0]), port(request));
                    if (reply.status() == SWITCHING_PROTOCOLS) {
                        return new ProvisioningSession(anisette, server.getScheduler());
                    }
                    write(reply, response, callback);
                    return null;
                }));
        webSockets.setHandler(new Front());
        server.setHandler(webSockets);
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // Clients reach the simulator by its address or by the host names of the real services.
        http.addCustomizer(new SecureRequestCustomizer(false));
        return http;
    }

    private ServerConnector connector(int port, ConnectionFactory... factories) {
        ServerConnector connector = new ServerConnector(server, factories);
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        connector.setPort(port);
        // Otherwise Jetty would end a hang that a fault injects.
        connector.setIdleTimeout(Fault.MAX_DELAY.plusMinutes(1).toMillis());
        server.addConnector(connector);
        return connector;
    }

    void start() {
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw new IllegalStateException(
                    "The simulator could not start: " + e.getMessage()
                            + ". If a port is in use, choose another one, or 0 for a free one.",
                    e);
        }
    }

    int port(Service service) {
        return Objects.requireNonNull(connectors.get(service)).getLocalPort();
    }

    int controlPort() {
        if (controlConnector == null) {
            throw new IllegalStateException("The simulator was started without a control port.");
        }
        return controlConnector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("The HTTP server did not stop cleanly.", e);
        }
    }

    private Dispatcher.ServicePort port(Request request) {
        Connector connector = request.getConnectionMetaData().getConnector();
        return service -> connector.equals(connectors.get(service));
    }

    private static Call call(Request request, byte[] body) {
        return new Call(
                request.getMethod(),
                Request.getPathInContext(request),
                name -> queryParameter(request, name),
                request.isSecure(),
                request.getHeaders()::get,
                body);
    }

    private static String queryParameter(Request request, String name) {
        return Request.extractQueryParameters(request).getValue(name);
    }

    private static void write(Reply reply, Response response, Callback callback) {
        response.setStatus(reply.status());
        response.getHeaders().put(HttpHeader.SERVER, "Apple");
        if (reply.contentType() != null) {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
        }
        reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.body().length);
        response.write(true, ByteBuffer.wrap(reply.body()), callback);
    }

    private final class Front extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            Call call = call(request, BufferUtil.toArray(Content.Source.asByteBuffer(request)));
            if (request.getConnectionMetaData().getConnector().equals(controlConnector)) {
                write(control.apply(call), response, callback);
                return true;
            }
            Reply answer = dispatcher.answer(call, port(request));
            Reply reply = answer.status() == SWITCHING_PROTOCOLS ? Reply.html(426, "Upgrade Required") : answer;
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
    }
}
