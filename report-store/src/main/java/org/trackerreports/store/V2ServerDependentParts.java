package org.trackerreports.store;

import java.sql.SQLException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/** Migration 2: functions and history in the form that this server can hold. */
final class V2ServerDependentParts implements JavaMigration {

    private final Capabilities capabilities;

    V2ServerDependentParts(Capabilities capabilities) {
        this.capabilities = capabilities;
    }

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("2");
    }

    @Override
    public String getDescription() {
        return "server-dependent parts";
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
        Definitions.create(context.getConnection(), capabilities);
    }
}
