package org.trackerreports.tools.command;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Clock;
import java.time.Instant;
import javax.sql.DataSource;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.embedded.DataDirectory;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.secret.MasterKey;

/**
 * The installation that a command works on. Its parts are opened when they are first asked for, because commands are made before the
 * configuration is known, and because few commands need all of them.
 */
public record Installation(
        Provider<Configuration> configurationProvider,
        Provider<DataDirectory> directoryProvider,
        Provider<DataSource> databaseProvider,
        Provider<MasterKey> masterKeyProvider,
        Provider<ReportStore> storeProvider,
        Provider<TrackerQueue> queueProvider,
        Clock clock) {

    @Inject
    public Installation {}

    /** The effective configuration. */
    public Configuration configuration() {
        return configurationProvider.get();
    }

    /** The directory of this installation's files. */
    public DataDirectory directory() {
        return directoryProvider.get();
    }

    /** The database, whatever the version of its schema. */
    public DataSource database() {
        return databaseProvider.get();
    }

    /** The key that encrypts keys and sessions in the database. */
    public MasterKey masterKey() {
        return masterKeyProvider.get();
    }

    /** The store in the database. */
    public ReportStore store() {
        return storeProvider.get();
    }

    /** The queue in Redis. */
    public TrackerQueue queue() {
        return queueProvider.get();
    }

    /** The present time. */
    public Instant now() {
        return clock.instant();
    }
}
