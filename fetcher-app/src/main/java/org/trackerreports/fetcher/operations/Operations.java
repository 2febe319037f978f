package org.trackerreports.fetcher.operations;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.ConfigurationException;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.lifecycle.GuardedTimer;
import org.trackerreports.core.logging.LogSettings;

/**
 * Shows a daemon to the world outside: {@link #listen} before it starts, {@link #watch} when it works, {@link #stopping} when it is told to
 * end, {@link #close} when it has. Thread-safe.
 */
public final class Operations implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Operations.class);

    private final Configuration configuration;
    private final Pages pages;
    private final Health health;
    private final SampleGauges gauges;
    private final ProcessMetrics process;
    private final Provider<Sampler> sampler;
    private final ServiceManager manager;
    private final GuardedTimer timer =
            new GuardedTimer("operations", 2, e -> LOG.error("A periodic check failed unexpectedly.", e));
    private volatile Optional<Endpoint> endpoint = Optional.empty();

    @Inject
    Operations(
            Configuration configuration,
            Pages pages,
            Health health,
            SampleGauges gauges,
            ProcessMetrics process,
            Provider<Sampler> sampler,
            ServiceManager manager) {
        this.configuration = configuration;
        this.pages = pages;
        this.health = health;
        this.gauges = gauges;
        this.process = process;
        this.sampler = sampler;
        this.manager = manager;
    }

    /**
     * Answers over HTTP from now on, if that is not switched off. Opens neither database nor Redis.
     *
     * @throws ConfigurationException if the port is taken
     */
    public void listen() throws ConfigurationException {
        Optional<Integer> port = configuration.get(Options.HTTP_PORT);
        if (port.isPresent()) {
            Endpoint opened = Endpoint.open(configuration.get(Options.HTTP_BIND), port.get(), pages.byPath());
            endpoint = Optional.of(opened);
            LOG.info(
                    "Health, metrics and status: http://{}:{}/status",
                    opened.address().getHostString(),
                    opened.address().getPort());
        }
    }

    /** Where it answers; empty if it does not. */
    public Optional<InetSocketAddress> address() {
        return endpoint.map(Endpoint::address);
    }

    /** Looks around now and on a period, and tells the service manager that the daemon is ready. */
    public void watch() {
        process.show();
        Sampler looking = sampler.get();
        look(looking);
        manager.ready(summary());
        timer.every(HealthRules.LOOK, () -> look(looking));
        timer.every(HealthRules.LOOK, LogSettings::tellCounts);
        manager.watchdogPeriod().ifPresent(period -> timer.every(period, this::beat));
    }

    private void look(Sampler looking) {
        Sample sample = looking.look();
        health.judge(sample);
        gauges.show(sample, health.live().healthy(), health.ready().healthy());
        manager.status(summary());
    }

    /** Withheld when a restart helps, which is what the manager then does. */
    private void beat() {
        HealthReport live = health.live();
        if (live.healthy()) {
            manager.alive();
        } else {
            LOG.error("The watchdog is not told that all is well: {}", live.failures());
        }
    }

    private String summary() {
        HealthReport ready = health.ready();
        return ready.healthy() ? "Works" : "Not ready: " + ready.failures();
    }

    /** The daemon was told to end. It is still shown until {@link #close}. */
    public void stopping() {
        health.stopping();
        manager.stopping();
    }

    @Override
    public void close() {
        timer.close();
        process.close();
        endpoint.ifPresent(Endpoint::close);
    }
}
