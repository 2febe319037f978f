package org.trackerreports.server.internal.http;

import java.io.IOException;
import java.net.BindException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.settings.TlsFiles;

/** An HTTP/1.1 server on one port, with limits for whoever is slow, large or many. */
public final class HttpServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration LOOK_AFTER = Duration.ofSeconds(5);
    private static final int HEAD_BYTES = 16_384;
    private static final int FEWEST_THREADS = 2;
    private static final int SEND_BUFFER = 131_072;
    private static final int ACCEPT_QUEUE = 512;
    private static final String PADDING = "org.eclipse.jetty.util.referencesPerCacheLine";

    /**
     * What a server is for.
     *
     * @param name of its threads
     * @param connections the most at once; further ones wait until others end
     * @param threads the most that answer at once
     */
    public record Limits(String name, int connections, int threads) {}

    private final Server server;
    private final ServerConnector connector;
    private final SlowConnections slow;
    private final String host;
    private final int port;
    private final Optional<Tls> tls;
    private Optional<ScheduledExecutorService> timer = Optional.empty();

    public HttpServer(String host, int port, Optional<TlsFiles> tlsFiles, Limits limits) throws IOException {
        this.host = host;
        this.port = port;
        this.slow = new SlowConnections(System::nanoTime);
        server = new Server(threads(limits));
        HttpConnectionFactory http = new HttpConnectionFactory(configuration());
        tls = tlsFiles.isPresent() ? Optional.of(new Tls(tlsFiles.get())) : Optional.empty();
        ConnectionFactory[] factories = tls.isPresent()
                ? new ConnectionFactory[] {new SslConnectionFactory(tls.get().context(), http.getProtocol()), http}
                : new ConnectionFactory[] {http};
        connector = new ServerConnector(server, 1, 1, factories);
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE.toMillis());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        // The system would let each slow reader have megabytes.
        connector.setAcceptedSendBufferSize(SEND_BUFFER);
        connector.addBean(slow);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(limits.connections(), connector));
        server.setErrorHandler(HttpServer::refuse);
        server.setStopTimeout(0);
    }

    private static QueuedThreadPool threads(Limits limits) {
        // Jetty pads its queue by this, and would start the JVM's management server to find out a better number.
        System.setProperty(PADDING, System.getProperty(PADDING, "16"));
        QueuedThreadPool threads = new QueuedThreadPool(limits.threads(), FEWEST_THREADS);
        threads.setName(limits.name());
        threads.setDaemon(true);
        threads.setReservedThreads(0);
        return threads;
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEAD_BYTES);
        http.setNotifyRemoteAsyncErrors(false);
        // Clients reach the server by its address, too.
        http.addCustomizer(new SecureRequestCustomizer(false));
        return http;
    }

    /** A certificate that is read again when its files change. */
    private static final class Tls {

        private final TlsFiles files;
        private final SslContextFactory.Server context = new SslContextFactory.Server();
        private long lastModified;

        Tls(TlsFiles files) throws IOException {
            this.files = files;
            lastModified = modified();
            use(PemKeyStore.read(files));
        }

        SslContextFactory.Server context() {
            return context;
        }

        private void use(KeyStore store) {
            context.setKeyStore(store);
            context.setKeyStorePassword("");
        }

        private long modified() {
            return files.certificate().toFile().lastModified()
                    + files.key().toFile().lastModified();
        }

        void renew() {
            long now = modified();
            if (now == lastModified) {
                return;
            }
            lastModified = now;
            try {
                KeyStore store = PemKeyStore.read(files);
                context.reload(factory -> use(store));
                LOG.info("The certificate of the web server was read again.");
            } catch (Exception e) {
                LOG.error(
                        "The new certificate of the web server cannot be used: {} The former one stays.",
                        e.getMessage());
            }
        }
    }

    /** Jetty's own answers: to what is no request. */
    private static boolean refuse(Request request, Response response, Callback callback) throws IOException {
        int status = response.getStatus() < 400 ? 500 : response.getStatus();
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        new AnswerWriter(request, response, callback)
                .send(Answer.problem(status, "Refused", "The server cannot answer this request."));
        return true;
    }

    /** What tells slow requests from others. */
    SlowConnections slow() {
        return slow;
    }

    /**
     * Starts.
     *
     * @throws IOException if the port is in use or may not be used; the message says so
     */
    public void start(Handler handler) throws IOException {
        server.setHandler(handler);
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw failed(e);
        }
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "web-timer");
            thread.setDaemon(true);
            return thread;
        });
        executor.scheduleWithFixedDelay(
                this::lookAfter, LOOK_AFTER.toMillis(), LOOK_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        timer = Optional.of(executor);
    }

    private void lookAfter() {
        slow.closeLate();
        tls.ifPresent(Tls::renew);
    }

    private IOException failed(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return new IOException(
                        "the port " + port + " of " + host + " cannot be used: " + cause.getMessage(), e);
            }
        }
        return new IOException("the web server cannot start at " + host + ":" + port + ": " + e.getMessage(), e);
    }

    /** The port that it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    public boolean isEncrypted() {
        return tls.isPresent();
    }

    @Override
    public void close() {
        timer.ifPresent(ScheduledExecutorService::shutdownNow);
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("The web server did not stop cleanly.", e);
        }
    }
}
