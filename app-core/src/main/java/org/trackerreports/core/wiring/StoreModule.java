package org.trackerreports.core.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.ConfigurationException;
import org.trackerreports.core.config.DefaultDirectories;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.embedded.DataDirectory;
import org.trackerreports.core.embedded.EmbeddedServers;
import org.trackerreports.core.embedded.EmbeddedServersException;
import org.trackerreports.core.embedded.ServerAddresses;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Schema;
import org.trackerreports.store.city.CityFinder;
import org.trackerreports.store.city.GeoNamesCityFinder;
import org.trackerreports.store.retention.RetentionPolicy;
import org.trackerreports.store.secret.MasterKey;

/** Wires the database, configured or embedded, and the store. */
final class StoreModule extends AbstractModule {

    private static final int CONNECT_SECONDS = 10;

    private final EmbeddedServers.User user;

    StoreModule(EmbeddedServers.User user) {
        this.user = user;
    }

    @Override
    protected void configure() {
        bind(CityFinder.class).to(GeoNamesCityFinder.class).in(Singleton.class);
    }

    @Provides
    @Singleton
    EmbeddedServers embeddedServers(Configuration configuration, DataDirectory directory, Resources resources)
            throws EmbeddedServersException {
        EmbeddedServers.Request request = new EmbeddedServers.Request(
                user,
                configuration.get(Options.EMBEDDED_DB_PORT),
                configuration.get(Options.EMBEDDED_REDIS_PORT),
                DefaultDirectories.cache(Map.copyOf(System.getenv())).resolve("postgresql"));
        return resources.closing(EmbeddedServers.open(directory, request));
    }

    @Provides
    @Singleton
    DataSource dataSource(
            Configuration configuration, com.google.inject.Provider<EmbeddedServers> embedded, Resources resources) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("database");
        pool.setMaximumPoolSize(configuration.get(Options.DB_POOL_SIZE));
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(CONNECT_SECONDS * 1_000L);
        // A daemon waits a while for a server that is unavailable at the start; a command reports it at once.
        pool.setInitializationFailTimeout(user == EmbeddedServers.User.DAEMON ? -1 : 1);
        // All values as text: the driver silently ignores other types.
        String seconds = Integer.toString(CONNECT_SECONDS);
        pool.addDataSourceProperty("ApplicationName", "tracker-reports");
        pool.addDataSourceProperty("connectTimeout", seconds);
        // Also covers a server that accepts the connection and then does not answer.
        pool.addDataSourceProperty("loginTimeout", seconds);
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        Optional<String> host = configuration.find(Options.DB_HOST);
        if (host.isPresent()) {
            address(pool, host.get(), configuration.get(Options.DB_PORT), configuration.get(Options.DB_NAME));
            pool.setUsername(configuration.get(Options.DB_USER));
            pool.setPassword(configuration.get(Options.DB_PASSWORD));
        } else {
            ServerAddresses addresses = embedded.get().addresses();
            address(pool, "127.0.0.1", addresses.databasePort(), ServerAddresses.USER);
            pool.setUsername(ServerAddresses.USER);
            pool.setPassword(addresses.databasePassword());
        }
        return resources.closing(new HikariDataSource(pool));
    }

    private static void address(HikariConfig pool, String host, int port, String database) {
        pool.setJdbcUrl("jdbc:postgresql://" + host + ":" + port + "/" + database);
    }

    @Provides
    @Singleton
    MasterKey masterKey(Configuration configuration, com.google.inject.Provider<DataDirectory> directory)
            throws ConfigurationException, IOException {
        Optional<String> configured = configuration.find(Options.MASTER_KEY);
        try {
            return MasterKey.fromBase64(
                    configured.isPresent()
                            ? configured.get()
                            : directory
                                    .get()
                                    .secret(
                                            "master.key",
                                            () -> MasterKey.random().toBase64()));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    List.of((configured.isPresent()
                                    ? "MASTER_KEY"
                                    : directory.get().resolve("master.key").toString()) + ": " + e.getMessage()));
        }
    }

    @Provides
    @Singleton
    ReportStore store(Configuration configuration, DataSource dataSource, MasterKey masterKey, Clock clock)
            throws ConfigurationException {
        if (configuration.find(Options.DB_HOST).isEmpty()) {
            // The embedded database belongs to this program, so it is migrated without asking.
            Schema.migrate(dataSource);
        }
        return ReportStore.open(dataSource, masterKey, previousMasterKeys(configuration), clock);
    }

    private static List<MasterKey> previousMasterKeys(Configuration configuration) throws ConfigurationException {
        try {
            return configuration.find(Options.PREVIOUS_MASTER_KEY).map(MasterKey::fromBase64).stream()
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of("PREVIOUS_MASTER_KEY: " + e.getMessage()));
        }
    }

    @Provides
    RetentionPolicy retention(Configuration configuration) {
        return new RetentionPolicy(
                configuration.find(Options.RETENTION_REPORTS_DAYS),
                configuration.find(Options.RETENTION_HOURS_DAYS),
                configuration.find(Options.COMPRESS_AFTER_DAYS));
    }
}
