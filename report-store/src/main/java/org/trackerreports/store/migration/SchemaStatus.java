package org.trackerreports.store.migration;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trackerreports.store.schema.Capabilities;

/**
 * What a database is like, for the operator; reading it needs no master key and changes nothing.
 *
 * @param version the schema's version; empty where the tables of the store were never made
 * @param pending migrations that are waiting
 * @param tooNew whether the database is from a newer version of the program
 * @param capabilities what the database was built with; absent where the tables were never made
 * @param server version of PostgreSQL
 * @param postgis version of the extension in this database
 * @param timescaledb version of the extension in this database
 * @param databaseBytes size of the whole database on disk, others' tables included
 * @param tableBytes size of the store's larger tables and views on disk with their indexes, by name
 * @param notes sentences for the operator: what the server could do in addition, and what stands in the way
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
        List<String> notes) {

    public SchemaStatus {
        tableBytes = Map.copyOf(tableBytes);
        notes = List.copyOf(notes);
    }

    /** Whether this version of the program can use the database as it is. */
    public boolean current() {
        return !version.isEmpty() && pending == 0 && !tooNew;
    }
}
