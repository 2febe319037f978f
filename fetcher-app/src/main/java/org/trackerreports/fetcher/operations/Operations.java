package org.trackerreports.fetcher.operations;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.ConfigurationException;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.lifecycle.GuardedTimer;
import org.trackerreports.core.logging.LogSettings;

/**
 * Health, metrics and status of a daemon: call {@link #listen} before it starts, {@link #watch} when it runs, {@link #stopping} when it is
 * told to stop, and {@link #close} when it has stopped. Thread-safe.
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
     * Starts the HTTP endpoint unless it is switched off. Opens neither the database nor Redis.
     *
     * @throws ConfigurationException if the port is in use
     */
    public void listen() throws ConfigurationException {
        Optional<Integer> port = configuration.get(Options.HTTP_PORT);
        if (port.isPresent()) {
            Endpoint opened = Endpoint.open(
                    configuration.get(Options.HTTP_BIND),
                    port.get(),
                    List.of(configuration.get(Options.HTTP_NAMES).split("[,\\s]+")),
                    pages.byPath());
            endpoint = Optional.of(opened);
            LOG.info(
                    "Health, metrics and status: http://{}:{}/status",
                    configuration.get(Options.HTTP_BIND),
                    opened.address().getPort());
        }
    }

    /** The address of the HTTP endpoint; empty if it is switched off. */
    public Optional<InetSocketAddress> address() {
        return endpoint.map(Endpoint::address);
    }

    /** Takes samples from now on, and tells the service manager that the daemon is ready. */
    public void watch() {
        process.show();
        Sampler sampling = sampler.get();
        check(sampling);
        manager.ready(summary());
        timer.every(HealthRules.SAMPLE_PERIOD, () -> check(sampling));
        timer.every(HealthRules.SAMPLE_PERIOD, LogSettings::logCounts);
        manager.watchdogPeriod().ifPresent(period -> timer.every(period, this::beat));
    }

    private void check(Sampler sampling) {
        Sample sample = sampling.take();
        health.evaluate(sample);
        gauges.show(sample, health.live().healthy(), health.ready().healthy());
        manager.status(summary());
    }

    /** Sends no sign of life if the daemon is not live, so that the manager restarts it. */
    private void beat() {
        HealthReport live = health.live();
        if (live.healthy()) {
            manager.alive();
        } else {
            LOG.error("The watchdog is not notified, because a check failed: {}", live.failures());
        }
    }

    private String summary() {
        HealthReport ready = health.ready();
        return switch (ready.level()) {
            case OK -> "Running";
            case WARN -> "Running; " + ready.warnings();
            case FAIL -> "Not ready: " + ready.failures();
        };
    }

    /** The daemon was told to stop. The endpoint answers until {@link #close}. */
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
