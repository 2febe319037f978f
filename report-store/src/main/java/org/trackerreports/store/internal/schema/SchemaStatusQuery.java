package org.trackerreports.store.internal.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.schema.Capabilities;
import org.trackerreports.store.schema.SchemaStatus;

/** Reads the versions and sizes of a database. */
public final class SchemaStatusQuery {

    private static final String PLAIN_SIZES = """
            SELECT relname, pg_total_relation_size(oid) FROM pg_class
             WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
               AND relname IN ('trackers', 'tracker_keys', 'location_reports', 'location_history_hourly', 'location_history_daily')""";

    /** Hypertables consist of chunks, and continuous aggregates are stored in hypertables of their own. */
    private static final String CHUNKED_SIZES = """
            SELECT relname, pg_total_relation_size(oid) FROM pg_class
             WHERE relnamespace = current_schema()::regnamespace AND relname IN ('trackers', 'tracker_keys')
            UNION ALL
            SELECT 'location_reports', hypertable_size('location_reports')
            UNION ALL
            SELECT view_name, hypertable_size(format('%I.%I', materialization_hypertable_schema, materialization_hypertable_name)::regclass)
              FROM timescaledb_information.continuous_aggregates
             WHERE view_schema = current_schema() AND view_name IN ('location_history_hourly', 'location_history_daily')""";

    private SchemaStatusQuery() {}

    public static SchemaStatus read(Connection connection, Migrations.State state) throws SQLException {
        Optional<Capabilities> built = Definitions.readIfBuilt(connection);
        return new SchemaStatus(
                state.version(),
                state.pending(),
                state.newer().isPresent(),
                built,
                Sql.on(connection, "SHOW server_version").one(row -> row.getString(1)),
                extensionVersion(connection, "postgis"),
                extensionVersion(connection, "timescaledb"),
                Sql.on(connection, "SELECT pg_database_size(current_database())")
                        .one(row -> row.getLong(1)),
                tableBytes(connection, built),
                ServerCapabilities.of(connection).notes(),
                built.isPresent() ? DatabaseProblems.of(connection, built.get()) : List.of());
    }

    static Optional<String> extensionVersion(Connection connection, String name) throws SQLException {
        return Sql.on(connection, "SELECT extversion FROM pg_extension WHERE extname = ?", name)
                .first(row -> row.getString(1));
    }

    private static Map<String, Long> tableBytes(Connection connection, Optional<Capabilities> capabilities)
            throws SQLException {
        Map<String, Long> sizes = new TreeMap<>();
        boolean chunked = capabilities.filter(Capabilities::timescaledb).isPresent();
        Sql.on(connection, chunked ? CHUNKED_SIZES : PLAIN_SIZES)
                .forEach(row -> sizes.put(row.getString(1), row.getLong(2)));
        return sizes;
    }
}
