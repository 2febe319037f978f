package org.trackerreports.store.internal.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.trackerreports.store.schema.Capabilities;

/** A migration that depends on the extensions of the server. */
final class ServerDependentMigration implements JavaMigration {

    private interface Step {
        void on(Connection connection) throws SQLException;
    }

    private final String version;
    private final String description;
    private final Step step;

    private ServerDependentMigration(String version, String description, Step step) {
        this.version = version;
        this.description = description;
        this.step = step;
    }

    /** All of them. A released migration never changes; changes come as further migrations. */
    static JavaMigration[] all(Capabilities capabilities) {
        return List.of(
                        new ServerDependentMigration(
                                "2",
                                "server-dependent parts",
                                connection -> Definitions.create(connection, capabilities)),
                        new ServerDependentMigration(
                                "3", "retention", connection -> Definitions.createRetention(connection, capabilities)))
                .toArray(JavaMigration[]::new);
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
        step.on(context.getConnection());
    }
}
