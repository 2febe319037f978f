package org.trackerreports.fetcher;

import java.time.Clock;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.ConfigurationException;
import org.trackerreports.core.embedded.EmbeddedServers;
import org.trackerreports.core.failure.Failures;
import org.trackerreports.core.wiring.Application;
import org.trackerreports.fetcher.daemon.Daemon;
import org.trackerreports.fetcher.daemon.DaemonModule;
import org.trackerreports.fetcher.operations.Operations;
import org.trackerreports.fetcher.operations.OperationsModule;
import org.trackerreports.fetcher.setup.SetupModule;

/**
 * A running daemon. Closing it stops it cleanly: running requests are finished, leases are returned, embedded servers are stopped.
 * Thread-safe.
 */
public final class Fetcher implements AutoCloseable {

    private final Application application;
    private final Operations operations;
    private final Daemon daemon;

    private Fetcher(Application application, Operations operations, Daemon daemon) {
        this.application = application;
        this.operations = operations;
        this.daemon = daemon;
    }

    /**
     * Starts a daemon.
     *
     * @throws ConfigurationException if a port is in use or an address does not belong to this machine
     * @throws RuntimeException if a part cannot start; {@link Failures#of} finds out why, and nothing is left running
     */
    public static Fetcher start(Configuration configuration, Clock clock) throws ConfigurationException {
        Application application = Application.of(
                configuration,
                EmbeddedServers.User.DAEMON,
                clock,
                new DaemonModule(),
                new OperationsModule(),
                new SetupModule());
        Operations operations = application.get(Operations.class);
        try {
            // First, so that a port in use is reported before anything is started, and the start can be watched.
            operations.listen();
            Daemon daemon = application.get(Daemon.class);
            daemon.start();
            operations.watch();
            return new Fetcher(application, operations, daemon);
        } catch (ConfigurationException | RuntimeException e) {
            // Else closing would be cut short, and embedded servers would go on.
            boolean interrupted = Thread.interrupted();
            operations.close();
            application.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throw e;
        }
    }

    /** Reads again what can be read again while it runs: the files of the sinks. */
    public void readAgain() {
        daemon.readAgain();
    }

    /** Returns a part of the running daemon, for programs that embed it. */
    public <T> T get(Class<T> type) {
        return application.get(type);
    }

    @Override
    public void close() {
        operations.stopping();
        daemon.close();
        operations.close();
        application.close();
    }
}
