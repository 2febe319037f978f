package org.trackerreports.store.migration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.trackerreports.store.schema.Capabilities;

/** Asks a database for versions and sizes. */
final class SchemaStatusQuery {

    private static final String PLAIN_SIZES = """
            SELECT relname, pg_total_relation_size(oid) FROM pg_class
             WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
               AND relname IN ('trackers', 'tracker_keys', 'location_reports', 'location_history_hourly', 'location_history_daily')""";

    /** Hypertables lie in chunks, and continuous aggregates in hypertables of their own. */
    private static final String CHUNKED_SIZES = """
            SELECT relname, pg_total_relation_size(oid) FROM pg_class
             WHERE relnamespace = current_schema()::regnamespace AND relname IN ('trackers', 'tracker_keys')
            UNION ALL
            SELECT 'location_reports', hypertable_size('location_reports')
            UNION ALL
            SELECT view_name, hypertable_size(format('%I.%I', materialization_hypertable_schema, materialization_hypertable_name)::regclass)
              FROM timescaledb_information.continuous_aggregates
             WHERE view_schema = current_schema() AND view_name IN ('location_history_hourly', 'location_history_daily')""";

    private final Connection connection;

    SchemaStatusQuery(Connection connection) {
        this.connection = connection;
    }

    String serverVersion() throws SQLException {
        return text("SHOW server_version").orElseThrow();
    }

    Optional<String> extensionVersion(String name) throws SQLException {
        return text("SELECT extversion FROM pg_extension WHERE extname = '" + name + "'");
    }

    long databaseBytes() throws SQLException {
        return Long.parseLong(
                text("SELECT pg_database_size(current_database())").orElseThrow());
    }

    Map<String, Long> tableBytes(Optional<Capabilities> capabilities) throws SQLException {
        Map<String, Long> sizes = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        capabilities.filter(Capabilities::timescaledb).isPresent() ? CHUNKED_SIZES : PLAIN_SIZES)) {
            while (row.next()) {
                sizes.put(row.getString(1), row.getLong(2));
            }
        }
        return sizes;
    }

    private Optional<String> text(String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
        }
    }
}
