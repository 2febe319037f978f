package org.trackerreports.store.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * State of a database, for the operator.
 *
 * @param version the version of the schema; empty if the tables of the store were never created
 * @param pending number of migrations that have not run yet
 * @param tooNew whether the database was migrated by a newer version of the program
 * @param capabilities what the database was built with; absent if the tables were never created
 * @param server version of PostgreSQL
 * @param postgis version of the extension in this database
 * @param timescaledb version of the extension in this database
 * @param databaseBytes size of the whole database on disk, including tables of other programs
 * @param tableBytes size on disk, with indexes, of the store's larger tables and views, by name
 * @param notes sentences for the operator: which extensions the server could use in addition, and what prevents it
 * @param problems what keeps reports from being stored, or hours and days from being brought up to date
 */
public record SchemaStatus(
        String version,
        int pending,
        boolean tooNew,
        Optional<Capabilities> capabilities,
        String server,
        Optional<String> postgis,
        Optional<String> timescaledb,
        long databaseBytes,
        Map<String, Long> tableBytes,
        List<String> notes,
        List<DatabaseProblem> problems) {

    public SchemaStatus {
        tableBytes = Map.copyOf(tableBytes);
        notes = List.copyOf(notes);
        problems = List.copyOf(problems);
    }

    /** Whether this version of the program can use the database as it is. */
    public boolean current() {
        return !version.isEmpty() && pending == 0 && !tooNew;
    }
}
