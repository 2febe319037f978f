package org.trackerreports.store.internal.schema;

import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.schema.Capabilities;

/** A migration that depends on the extensions of the server. */
record ServerDependentMigration(String version, String description, Database.Action action) implements JavaMigration {

    /** All of them. A released migration never changes; changes come as further migrations. */
    static ServerDependentMigration[] all(Capabilities capabilities) {
        return List.of(
                        new ServerDependentMigration(
                                "2",
                                "server-dependent parts",
                                connection -> Definitions.create(connection, capabilities)),
                        new ServerDependentMigration(
                                "3", "retention", connection -> Definitions.createRetention(connection, capabilities)),
                        new ServerDependentMigration("4", "one row for each hour and day", connection -> {
                            Definitions.reviseHistory(connection, capabilities);
                            Definitions.createRetention(connection, capabilities);
                        }),
                        new ServerDependentMigration(
                                "7",
                                "feed and judgement",
                                connection -> Definitions.createFeed(connection, capabilities)))
                .toArray(ServerDependentMigration[]::new);
    }

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion(version);
    }

    @Override
    public String getDescription() {
        return description;
    }

    /** No checksum: the same migration creates different things on different servers. */
    @Override
    public @Nullable Integer getChecksum() {
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        action.on(context.getConnection());
    }
}
