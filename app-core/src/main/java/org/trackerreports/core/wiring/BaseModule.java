package org.trackerreports.core.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import jakarta.inject.Provider;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.embedded.DataDirectory;

/** Wires configuration, clock, randomness and the data directory. */
final class BaseModule extends AbstractModule {

    private final Provider<Configuration> configuration;
    private final Clock clock;

    BaseModule(Provider<Configuration> configuration, Clock clock) {
        this.configuration = configuration;
        this.clock = clock;
    }

    @Override
    protected void configure() {
        bind(Configuration.class).toProvider(configuration).in(Singleton.class);
        bind(Clock.class).toInstance(clock);
        bind(SecureRandom.class).toInstance(new SecureRandom());
    }

    @Provides
    @Singleton
    DataDirectory dataDirectory(Configuration configuration) throws IOException {
        return DataDirectory.prepare(configuration.get(Options.DATA_DIR));
    }
}
