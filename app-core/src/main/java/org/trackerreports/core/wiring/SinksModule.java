package org.trackerreports.core.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.sink.SinkFiles;

/** Wires the files of the programs that are told of positions. */
final class SinksModule extends AbstractModule {

    @Provides
    @Singleton
    SinkFiles sinkFiles(Configuration configuration) {
        return new SinkFiles(
                configuration
                        .find(Options.SINKS_DIR)
                        .orElseGet(() -> configuration.get(Options.DATA_DIR).resolve("sinks")),
                ConfiguredProxies.of(configuration).selector());
    }
}
