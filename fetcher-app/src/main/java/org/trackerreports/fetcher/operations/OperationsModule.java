package org.trackerreports.fetcher.operations;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.inject.Provider;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.config.Role;
import org.trackerreports.core.event.FetchListener;
import org.trackerreports.fetcher.event.DaemonListener;
import org.trackerreports.queue.QueueListener;
import org.trackerreports.queue.QueueSettings;
import org.trackerreports.server.settings.ServerListener;

/** Wires health, metrics and status of a daemon. */
public final class OperationsModule extends AbstractModule {

    @Override
    protected void configure() {
        Multibinder<FetchListener> fetching = Multibinder.newSetBinder(binder(), FetchListener.class);
        fetching.addBinding().to(Activity.class);
        fetching.addBinding().to(FetcherMetrics.class);
        Multibinder<DaemonListener> daemon = Multibinder.newSetBinder(binder(), DaemonListener.class);
        daemon.addBinding().to(Activity.class);
        daemon.addBinding().to(FetcherMetrics.class);
        daemon.addBinding().to(MoveMetrics.class);
        OptionalBinder.newOptionalBinder(binder(), QueueListener.class)
                .setBinding()
                .to(QueueMetrics.class);
        bind(Activity.class).in(Singleton.class);
        bind(FetcherMetrics.class).in(Singleton.class);
        bind(MoveMetrics.class).in(Singleton.class);
        bind(ServerListener.class).to(WebMetrics.class).in(Singleton.class);
        bind(QueueMetrics.class).in(Singleton.class);
        bind(Health.class).in(Singleton.class);
        bind(Operations.class).in(Singleton.class);
        bind(MeterRegistry.class).to(PrometheusMeterRegistry.class);
    }

    @Provides
    @Singleton
    PrometheusMeterRegistry registry() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    @Provides
    @Singleton
    ServiceManager serviceManager() {
        return ServiceManager.of(Map.copyOf(System.getenv()));
    }

    @Provides
    @Singleton
    HealthRules healthRules(Configuration configuration, Set<Role> roles, Provider<QueueSettings> queue) {
        return new HealthRules(
                roles,
                configuration.get(Options.REQUEST_INTERVAL_HOURS),
                configuration.get(Options.QUEUE_VERIFY_INTERVAL),
                roles.contains(Role.FETCH) ? queue.get().heartbeatTimeout() : Duration.ZERO);
    }
}
