package org.trackerreports.core.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.OptionalBinder;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.ConfigurationException;
import org.trackerreports.core.config.DefaultDirectories;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.config.Role;
import org.trackerreports.core.embedded.DataDirectory;
import org.trackerreports.core.embedded.EmbeddedServers;
import org.trackerreports.core.embedded.EmbeddedServersException;
import org.trackerreports.core.embedded.Notices;
import org.trackerreports.core.embedded.ServerAddresses;
import org.trackerreports.core.lifecycle.StopSignal;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Schema;
import org.trackerreports.store.city.CityFinder;
import org.trackerreports.store.city.GeoNamesCityFinder;
import org.trackerreports.store.retention.RetentionPolicy;
import org.trackerreports.store.secret.MasterKey;

/** Wires the database, configured or embedded, and the store. */
final class StoreModule extends AbstractModule {

    private static final Logger LOG = LoggerFactory.getLogger(StoreModule.class);

    private static final int CONNECT_SECONDS = 10;

    /** The embedded server shares this machine, which may be slow and busy with this very start. */
    private static final int EMBEDDED_CONNECT_SECONDS = 60;

    private final EmbeddedServers.User user;

    StoreModule(EmbeddedServers.User user) {
        this.user = user;
    }

    @Override
    protected void configure() {
        bind(CityFinder.class).to(GeoNamesCityFinder.class).in(Singleton.class);
        OptionalBinder.newOptionalBinder(binder(), Notices.class).setDefault().toInstance(LOG::info);
        OptionalBinder.newOptionalBinder(binder(), ServerPatience.class)
                .setDefault()
                .toInstance(ServerPatience.OF_COMMANDS);
    }

    /** A daemon waits as long as it takes; a person at the terminal wants to know soon. */
    @Provides
    @Singleton
    ServerWait serverWait(Clock clock, ServerPatience patience) {
        Optional<Duration> limit =
                user == EmbeddedServers.User.DAEMON ? Optional.empty() : Optional.of(patience.limit());
        return new ServerWait(limit, clock, new StopSignal()::pause);
    }

    @Provides
    @Singleton
    EmbeddedServers embeddedServers(
            Configuration configuration, DataDirectory directory, Resources resources, Notices notices)
            throws EmbeddedServersException {
        EmbeddedServers.Request request = new EmbeddedServers.Request(
                user,
                configuration.get(Options.EMBEDDED_DB_PORT),
                configuration.get(Options.EMBEDDED_REDIS_PORT),
                DefaultDirectories.cache(Map.copyOf(System.getenv()), directory.path())
                        .resolve("programs"),
                notices);
        return resources.closing(EmbeddedServers.open(directory, request));
    }

    @Provides
    @Singleton
    DataSource dataSource(
            Configuration configuration,
            com.google.inject.Provider<EmbeddedServers> embedded,
            Resources resources,
            ServerWait wait)
            throws SQLException {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("database");
        pool.setMaximumPoolSize(configuration.get(Options.DB_POOL_SIZE));
        pool.setMinimumIdle(1);
        int limit = configuration.find(Options.DB_HOST).isPresent() ? CONNECT_SECONDS : EMBEDDED_CONNECT_SECONDS;
        pool.setConnectionTimeout(limit * 1_000L);
        // The wait below has seen that the server is available.
        pool.setInitializationFailTimeout(-1);
        PostgresConnections connections = connections(configuration, embedded, limit);
        // Past the pool, which reports only after a while that it has no connection.
        wait.until(server(configuration), () -> {
            connections.getConnection().close();
            return true;
        });
        pool.setDataSource(connections);
        return resources.closing(new HikariDataSource(pool));
    }

    private static String server(Configuration configuration) {
        return configuration
                .find(Options.DB_HOST)
                .map(host -> "PostgreSQL at " + host + ":" + configuration.get(Options.DB_PORT))
                .orElse("the embedded PostgreSQL");
    }

    private static PostgresConnections connections(
            Configuration configuration, com.google.inject.Provider<EmbeddedServers> embedded, int limit) {
        PostgresConnections connections = new PostgresConnections();
        connections.setApplicationName("tracker-reports");
        connections.setConnectTimeout(limit);
        // Also covers a server that accepts the connection and then does not answer.
        connections.setLoginTimeout(limit);
        connections.setTcpKeepAlive(true);
        // Whoever answers at the address must never get the password itself.
        connections.setRequireAuth("!password");
        Optional<String> host = configuration.find(Options.DB_HOST);
        if (host.isPresent()) {
            address(connections, host.get(), configuration.get(Options.DB_PORT), configuration.get(Options.DB_NAME));
            connections.setUser(configuration.get(Options.DB_USER));
            connections.setPassword(configuration.get(Options.DB_PASSWORD));
            DatabaseEncryption.of(configuration, host.get()).applyTo(connections);
        } else {
            ServerAddresses addresses = embedded.get().addresses();
            connections.setUrl(addresses.databaseUrl());
            connections.setUser(ServerAddresses.USER);
            connections.setPassword(addresses.databasePassword());
        }
        return connections;
    }

    private static void address(PostgresConnections connections, String host, int port, String database) {
        connections.setServerNames(new String[] {host});
        connections.setPortNumbers(new int[] {port});
        connections.setDatabaseName(database);
    }

    @Provides
    @Singleton
    MasterKey masterKey(Configuration configuration, com.google.inject.Provider<DataDirectory> directory)
            throws ConfigurationException, IOException {
        Optional<MasterKey> configured = configuration.find(Options.MASTER_KEY);
        if (configured.isPresent()) {
            return configured.get();
        }
        DataDirectory files = directory.get();
        try {
            return MasterKey.fromBase64(
                    files.secret("master.key", () -> MasterKey.random().toBase64()));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of(files.resolve("master.key") + ": " + e.getMessage()));
        }
    }

    @Provides
    @Singleton
    ReportStore store(
            Configuration configuration,
            DataSource dataSource,
            com.google.inject.Provider<MasterKey> masterKey,
            Clock clock,
            ServerWait wait) {
        boolean secrets = user != EmbeddedServers.User.DAEMON
                || configuration.get(Options.ROLES).contains(Role.FETCH);
        Optional<MasterKey> key = secrets ? Optional.of(masterKey.get()) : Optional.empty();
        List<MasterKey> previous =
                configuration.find(Options.PREVIOUS_MASTER_KEY).stream().toList();
        return wait.until(server(configuration), () -> {
            if (configuration.find(Options.DB_HOST).isEmpty() && !Schema.isCurrent(dataSource)) {
                // The embedded database belongs to this program, so it is migrated without asking.
                Schema.migrate(dataSource);
            }
            return key.isPresent()
                    ? ReportStore.open(dataSource, key.get(), previous, clock)
                    : ReportStore.openWithoutSecrets(dataSource, clock);
        });
    }

    @Provides
    RetentionPolicy retention(Configuration configuration) {
        return new RetentionPolicy(
                configuration.find(Options.RETENTION_REPORTS_DAYS),
                configuration.find(Options.RETENTION_HOURS_DAYS),
                configuration.find(Options.COMPRESS_AFTER_DAYS));
    }
}
