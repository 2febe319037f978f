package org.trackerreports.server.settings;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * How a server is set up.
 *
 * @param host the name or address of the interface to listen on
 * @param port 0 for any free one
 * @param tls absent for plain HTTP
 * @param basePath under which a reverse proxy offers the server, for example {@code /trackers}; empty for none. The server answers with and
 *     without it.
 * @param loopback what callers from this machine may do without a token, once there is one
 * @param tokenRequired whether callers from this machine need a token, too
 * @param basemap a PMTiles file with a street map
 * @param tiles where the page gets pictures of the map from
 * @param eventStreams how many streams of events may be open
 * @param unjudged whether streams tell of reports that are not judged
 * @param version of the program, as the page shows it
 * @param maclessPort the port of the endpoint for macless-haystack; absent for none
 * @param maclessUi a folder with the user interface of macless-haystack, which is offered at the same port
 * @param maclessReports the most reports of a key in an answer of that endpoint
 */
public record ServerSettings(
        String host,
        int port,
        Optional<TlsFiles> tls,
        String basePath,
        LoopbackRule loopback,
        boolean tokenRequired,
        Optional<Path> basemap,
        Optional<TileServer> tiles,
        int eventStreams,
        boolean unjudged,
        String version,
        OptionalInt maclessPort,
        Optional<Path> maclessUi,
        int maclessReports) {

    private static final Pattern BASE_PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)*");

    public ServerSettings {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(loopback, "loopback");
        if (!isBasePath(basePath)) {
            throw new IllegalArgumentException("a base path is empty or looks like /trackers: " + basePath);
        }
        if (eventStreams < 1 || maclessReports < 1) {
            throw new IllegalArgumentException("the limits of streams and reports are 1 or more");
        }
    }

    /** Whether a text can be the path under which a reverse proxy offers the server. */
    public static boolean isBasePath(String text) {
        return BASE_PATH.matcher(text).matches();
    }

    /** The defaults: plain HTTP on port 8467 of loopback. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects settings. Not thread-safe. */
    public static final class Builder {

        private String host = "127.0.0.1";
        private int port = 8467;
        private Optional<TlsFiles> tls = Optional.empty();
        private String basePath = "";
        private LoopbackRule loopback = LoopbackRule.READ;
        private boolean tokenRequired;
        private Optional<Path> basemap = Optional.empty();
        private Optional<TileServer> tiles = Optional.empty();
        private int eventStreams = 1_000;
        private boolean unjudged;
        private String version = "";
        private OptionalInt maclessPort = OptionalInt.empty();
        private Optional<Path> maclessUi = Optional.empty();
        private int maclessReports = 500;

        private Builder() {}

        public Builder listenOn(String newHost, int newPort) {
            host = newHost;
            port = newPort;
            return this;
        }

        public Builder tls(Optional<TlsFiles> files) {
            tls = files;
            return this;
        }

        public Builder basePath(String path) {
            basePath = path;
            return this;
        }

        public Builder loopback(LoopbackRule rule) {
            loopback = rule;
            return this;
        }

        public Builder tokenRequired(boolean required) {
            tokenRequired = required;
            return this;
        }

        public Builder basemap(Optional<Path> file) {
            basemap = file;
            return this;
        }

        public Builder tiles(Optional<TileServer> server) {
            tiles = server;
            return this;
        }

        public Builder eventStreams(int most) {
            eventStreams = most;
            return this;
        }

        public Builder unjudged(boolean also) {
            unjudged = also;
            return this;
        }

        public Builder version(String text) {
            version = text;
            return this;
        }

        public Builder macless(OptionalInt newPort, Optional<Path> ui) {
            maclessPort = newPort;
            maclessUi = ui;
            return this;
        }

        public Builder maclessReports(int most) {
            maclessReports = most;
            return this;
        }

        public ServerSettings build() {
            return new ServerSettings(
                    host,
                    port,
                    tls,
                    basePath,
                    loopback,
                    tokenRequired,
                    basemap,
                    tiles,
                    eventStreams,
                    unjudged,
                    version,
                    maclessPort,
                    maclessUi,
                    maclessReports);
        }
    }
}
