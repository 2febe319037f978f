package org.trackerreports.server;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.trackerreports.server.internal.access.AccessCheck;
import org.trackerreports.server.internal.api.ApiRoutes;
import org.trackerreports.server.internal.http.FrontHandler;
import org.trackerreports.server.internal.http.HttpServer;
import org.trackerreports.server.internal.http.RouteTable;
import org.trackerreports.server.internal.http.StaticFiles;
import org.trackerreports.server.internal.live.LiveEvents;
import org.trackerreports.server.internal.macless.MaclessHandler;
import org.trackerreports.server.internal.macless.MaclessReports;
import org.trackerreports.server.internal.macless.UiFiles;
import org.trackerreports.server.internal.map.FleetPositions;
import org.trackerreports.server.route.Route;
import org.trackerreports.server.route.Scope;
import org.trackerreports.server.settings.ServerListener;
import org.trackerreports.server.settings.ServerSettings;
import org.trackerreports.server.settings.TileServer;
import org.trackerreports.store.ReportStore;

/**
 * Serves positions and history over HTTP: an API, live events, a page, and an endpoint for macless-haystack. Needs a store without secrets only. Start it
 * once; {@link #close} may be called from any thread.
 */
public final class PositionServer implements AutoCloseable {

    /** Besides the streams of events. */
    private static final int OTHER_CONNECTIONS = 1_000;

    private static final HttpServer.Limits MACLESS_LIMITS = new HttpServer.Limits("macless", 500, 8);
    private static final int THREADS = 16;

    private final HttpServer http;
    private final FrontHandler handler;
    private final LiveEvents events;
    private final FleetPositions fleet;
    private final Optional<HttpServer> maclessHttp;
    private final Optional<MaclessHandler> maclessHandler;
    private final ServerSettings settings;

    /**
     * A server that is not started yet.
     *
     * @param routes of the hosting program, for example for setting up the system; routes are checked before the files of the page
     * @param clock tells the time that ages count from
     * @throws IOException if the files for TLS or the page of macless-haystack cannot be read
     * @throws IllegalArgumentException if two routes are for the same requests
     */
    public PositionServer(
            ReportStore store, ServerSettings settings, List<Route> routes, ServerListener listener, Clock clock)
            throws IOException {
        this.settings = settings;
        HttpServer.Limits limits = new HttpServer.Limits("web", settings.eventStreams() + OTHER_CONNECTIONS, THREADS);
        this.http = new HttpServer(settings.host(), settings.port(), settings.tls(), limits);
        AccessCheck access = new AccessCheck(store.tokens(), settings, clock);
        StaticFiles files = new StaticFiles(
                PositionServer.class,
                "page",
                settings.tiles().map(TileServer::origin).orElse(""));
        this.events = new LiveEvents(store, settings, listener, clock);
        this.fleet = new FleetPositions(store.views());
        List<Route> all = new ArrayList<>(
                ApiRoutes.of(store, fleet, clock, access, files, settings, listener, haveAdminRoutes(routes)));
        all.add(events.route());
        all.addAll(routes);
        this.handler = new FrontHandler(new RouteTable(all), files, access, settings.basePath(), http, listener);
        if (settings.maclessPort().isPresent()) {
            int port = settings.maclessPort().getAsInt();
            maclessHttp = Optional.of(new HttpServer(settings.host(), port, settings.tls(), MACLESS_LIMITS));
            Optional<UiFiles> ui = settings.maclessUi().isPresent()
                    ? Optional.of(new UiFiles(settings.maclessUi().get()))
                    : Optional.empty();
            maclessHandler = Optional.of(new MaclessHandler(
                    access, new MaclessReports(store.views(), clock, settings.maclessReports()), ui));
        } else {
            maclessHttp = Optional.empty();
            maclessHandler = Optional.empty();
        }
    }

    /** Whether the page offers the set-up: a program that cannot set up adds no route for admins. */
    private static boolean haveAdminRoutes(List<Route> routes) {
        return routes.stream().anyMatch(route -> route.scope() == Scope.ADMIN);
    }

    /**
     * Starts. Returns when the ports are open.
     *
     * @throws IOException if a port is in use or may not be used; the message says which, and nothing is started
     */
    public void start() throws IOException {
        http.start(handler);
        if (maclessHttp.isPresent()) {
            try {
                maclessHttp.get().start(maclessHandler.orElseThrow());
            } catch (IOException e) {
                http.close();
                throw e;
            }
        }
        events.start();
        fleet.start();
    }

    /** The port that it listens on. */
    public int port() {
        return http.port();
    }

    /** The port of the endpoint for macless-haystack. */
    public OptionalInt maclessPort() {
        return maclessHttp.isPresent() ? OptionalInt.of(maclessHttp.get().port()) : OptionalInt.empty();
    }

    /** Where a browser on this machine finds the page. */
    public URI address() {
        String host = settings.host().equals("0.0.0.0") || settings.host().equals("127.0.0.1")
                ? "localhost"
                : settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        return URI.create(
                (http.isEncrypted() ? "https" : "http") + "://" + host + ":" + port() + settings.basePath() + "/");
    }

    /** Ends all requests and streams. */
    @Override
    public void close() {
        fleet.close();
        events.close();
        maclessHttp.ifPresent(HttpServer::close);
        http.close();
    }
}
