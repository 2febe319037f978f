package org.trackerreports.fetcher.daemon;

import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.ProjectVersion;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.ConfigurationException;
import org.trackerreports.core.config.Options;
import org.trackerreports.server.PositionServer;
import org.trackerreports.server.route.Route;
import org.trackerreports.server.settings.ServerListener;
import org.trackerreports.server.settings.ServerSettings;
import org.trackerreports.server.settings.TlsFiles;
import org.trackerreports.store.ReportStore;

/** The role {@code serve}: answers at {@code WEB_PORT}. Start it once; {@link #end} may be called from any thread. */
public final class Serving {

    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

    private final Configuration configuration;
    private final ReportStore store;
    private final Set<Route> routes;
    private final ServerListener listener;
    private final Clock clock;
    private volatile Optional<PositionServer> server = Optional.empty();

    /** @param routes what other parts of the daemon add */
    @Inject
    Serving(Configuration configuration, ReportStore store, Set<Route> routes, ServerListener listener, Clock clock) {
        this.configuration = configuration;
        this.store = store;
        this.routes = routes;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Starts, unless the port is switched off. Returns when the port is open.
     *
     * @throws ConfigurationException if a port is in use, or a file cannot be used
     */
    void start() throws ConfigurationException {
        Optional<Integer> port = configuration.get(Options.WEB_PORT);
        if (port.isEmpty()) {
            LOG.info("WEB_PORT is off: no page and no API.");
            return;
        }
        try {
            PositionServer started =
                    new PositionServer(store, settings(port.get()), List.copyOf(routes), listener, clock);
            started.start();
            server = Optional.of(started);
            LOG.info("Open {} in a browser.", started.address());
            started.maclessPort()
                    .ifPresent(macless -> LOG.info("The endpoint for macless-haystack is at port {}.", macless));
        } catch (IOException e) {
            throw new ConfigurationException(
                    List.of(
                            "WEB_PORT is " + port.get() + " on WEB_BIND "
                                    + configuration.get(Options.WEB_BIND) + ": " + e.getMessage()
                                    + ". Choose another port, for example 8468, 0 for any free one, or off; or end the program that uses it."));
        }
    }

    private ServerSettings settings(int port) throws ConfigurationException {
        String host = configuration.get(Options.WEB_BIND);
        Optional<Integer> macless = configuration.get(Options.MACLESS_PORT);
        return ServerSettings.builder()
                .listenOn(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port)
                .tls(tls())
                .basePath(configuration.get(Options.WEB_BASE_PATH))
                .loopback(configuration.get(Options.WEB_LOOPBACK))
                .tokenRequired(configuration.get(Options.WEB_REQUIRE_TOKEN))
                .eventStreams(configuration.get(Options.EVENT_STREAMS))
                .unjudged(configuration.get(Options.DELIVER_UNJUDGED))
                .basemap(configuration.find(Options.BASEMAP))
                .tiles(configuration.find(Options.WEB_TILES))
                .macless(
                        macless.isPresent() ? OptionalInt.of(macless.get()) : OptionalInt.empty(),
                        configuration.find(Options.MACLESS_UI))
                .version(ProjectVersion.current())
                .build();
    }

    private Optional<TlsFiles> tls() throws ConfigurationException {
        Optional<Path> certificate = configuration.find(Options.WEB_TLS_CERTIFICATE);
        Optional<Path> key = configuration.find(Options.WEB_TLS_KEY);
        if (certificate.isPresent() != key.isPresent()) {
            throw new ConfigurationException(
                    List.of("WEB_TLS_CERTIFICATE and WEB_TLS_KEY: only one of them is set; set both or none."));
        }
        return certificate.map(file -> new TlsFiles(file, key.orElseThrow()));
    }

    /** Where a browser on this machine finds the page; empty if the port is switched off or not open yet. */
    public Optional<URI> address() {
        return server.map(PositionServer::address);
    }

    /** Ends all requests. */
    void end() {
        server.ifPresent(PositionServer::close);
    }
}
