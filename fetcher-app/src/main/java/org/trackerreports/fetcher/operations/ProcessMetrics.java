package org.trackerreports.fetcher.operations;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import javax.sql.DataSource;

/** Metrics of the process: memory, threads, processor, files, and the pool of database connections. */
final class ProcessMetrics implements AutoCloseable {

    private final MeterRegistry registry;
    private final Provider<DataSource> database;
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

    @Inject
    ProcessMetrics(MeterRegistry registry, Provider<DataSource> database) {
        this.registry = registry;
        this.database = database;
    }

    /** Registers the metrics. Opens the pool of database connections if it is not open yet. */
    void show() {
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
        if (database.get() instanceof HikariDataSource pool) {
            pool.setMetricRegistry(registry);
        }
    }

    @Override
    public void close() {
        garbageCollection.close();
    }
}
