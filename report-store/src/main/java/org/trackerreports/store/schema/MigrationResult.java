package org.trackerreports.store.schema;

import java.util.List;

/**
 * Result of a migration.
 *
 * @param applied number of migrations that were run; 0 if the database was current
 * @param version the version of the schema now
 * @param capabilities what the database is built with
 * @param notes sentences for the operator: which extensions the server could use in addition, and what prevents it
 */
public record MigrationResult(int applied, String version, Capabilities capabilities, List<String> notes) {

    public MigrationResult {
        notes = List.copyOf(notes);
    }
}
