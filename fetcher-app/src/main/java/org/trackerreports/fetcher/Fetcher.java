package org.trackerreports.fetcher;

import java.time.Clock;
import org.trackerreports.fetcher.config.Configuration;
import org.trackerreports.fetcher.daemon.Daemon;
import org.trackerreports.fetcher.embedded.EmbeddedServers;
import org.trackerreports.fetcher.wiring.Application;

/**
 * A running daemon with all that belongs to it. Close it to end it cleanly: the running requests are finished, what was claimed is
 * given back, embedded servers are stopped. Thread-safe.
 */
public final class Fetcher implements AutoCloseable {

    private final Application application;
    private final Daemon daemon;

    private Fetcher(Application application, Daemon daemon) {
        this.application = application;
        this.daemon = daemon;
    }

    /**
     * Starts.
     *
     * @throws RuntimeException if a part cannot start; {@link Failure#of} says what it means, and nothing is left running
     */
    public static Fetcher start(Configuration configuration, Clock clock) {
        Application application = Application.of(configuration, EmbeddedServers.User.DAEMON, clock);
        try {
            Daemon daemon = application.get(Daemon.class);
            daemon.start();
            return new Fetcher(application, daemon);
        } catch (RuntimeException e) {
            application.close();
            throw e;
        }
    }

    /** A part of the running daemon, for programs that embed it. */
    public <T> T get(Class<T> type) {
        return application.get(type);
    }

    @Override
    public void close() {
        daemon.close();
        application.close();
    }
}
