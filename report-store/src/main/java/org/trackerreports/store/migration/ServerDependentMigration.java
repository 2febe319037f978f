package org.trackerreports.store.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.trackerreports.store.schema.Capabilities;
import org.trackerreports.store.schema.Definitions;

/** A migration that makes on each server what that server can hold. */
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

    /** All of them; what is released stays as it is, changes come as further ones. */
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

    /** None: the same migration makes different things on different servers. */
    @Override
    public Integer getChecksum() {
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
