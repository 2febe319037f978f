package org.trackerreports.fetcher.daemon;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.config.ConfigurationException;
import org.trackerreports.core.config.OptionType;
import org.trackerreports.core.config.Role;
import org.trackerreports.core.lifecycle.StopSignal;

/**
 * The daemon: runs the roles that it has. The parts of other roles are not even made, so that it needs none of their servers. Start it once;
 * {@link #close} may be called from any thread.
 */
public final class Daemon implements AutoCloseable {

    /** With what follows it, less than the 10 seconds after which service managers kill a program. */
    private static final Duration FINISH_LIMIT = Duration.ofSeconds(7);

    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    private final Set<Role> roles;
    private final Provider<Fetching> fetching;
    private final Provider<Mover> mover;
    private final Provider<HistoryMaintenance> history;
    private final Provider<Serving> serving;
    private final Provider<Deliverer> deliverer;
    private final StopSignal stop;
    private final Clock clock;
    private final List<Consumer<Instant>> ends = new ArrayList<>();

    @Inject
    Daemon(
            Set<Role> roles,
            Provider<Fetching> fetching,
            Provider<Mover> mover,
            Provider<HistoryMaintenance> history,
            Provider<Serving> serving,
            Provider<Deliverer> deliverer,
            StopSignal stop,
            Clock clock) {
        this.roles = roles;
        this.fetching = fetching;
        this.mover = mover;
        this.history = history;
        this.serving = serving;
        this.deliverer = deliverer;
        this.stop = stop;
        this.clock = clock;
    }

    /**
     * Starts. Returns when the roles run.
     *
     * @throws ConfigurationException if a port is in use
     */
    public void start() throws ConfigurationException {
        try {
            startRoles();
        } catch (ConfigurationException | RuntimeException e) {
            ends.forEach(end -> end.accept(clock.instant()));
            throw e;
        }
        LOG.info(
                "Daemon started. Roles: {}.",
                roles.stream().map(OptionType::word).collect(Collectors.joining(", ")));
    }

    private void startRoles() throws ConfigurationException {
        if (roles.contains(Role.SERVE)) {
            // First, so that a port in use is told before anything else begins.
            Serving part = serving.get();
            part.start();
            ends.add(deadline -> part.end());
        }
        if (roles.contains(Role.FETCH)) {
            Fetching part = fetching.get();
            part.start();
            ends.add(part::end);
        }
        if (roles.contains(Role.MOVE)) {
            Mover part = mover.get();
            part.start();
            ends.add(part::end);
            if (!roles.contains(Role.FETCH)) {
                // For reports that another program stores.
                HistoryMaintenance hours = history.get();
                hours.startRefreshing();
                ends.add(deadline -> hours.close());
            }
        }
        if (roles.contains(Role.DELIVER)) {
            Deliverer part = deliverer.get();
            part.start();
            ends.add(part::end);
        }
    }

    /** Reads again what can be read again while it runs: the files of the sinks. */
    public void readAgain() {
        if (roles.contains(Role.DELIVER)) {
            deliverer.get().readAgain();
        }
    }

    /** Stops: begins nothing, and finishes what runs unless that takes too long. */
    @Override
    public void close() {
        stop.stop();
        Instant deadline = clock.instant().plus(FINISH_LIMIT);
        ends.forEach(end -> end.accept(deadline));
        LOG.info("Daemon stopped.");
    }
}
