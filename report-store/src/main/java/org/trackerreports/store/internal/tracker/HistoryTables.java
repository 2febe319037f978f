package org.trackerreports.store.internal.tracker;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.schema.Capabilities;

/** The tables that hold hours and days. Those of continuous aggregates are internal tables of TimescaleDB. */
final class HistoryTables {

    private HistoryTables() {}

    /** Removes a tracker's hours and days, including those whose reports were removed, which no refresh would remove. */
    static void forget(Connection connection, Capabilities capabilities, long trackerId) throws SQLException {
        for (String table : names(connection, capabilities)) {
            Sql.on(connection, "DELETE FROM " + table + " WHERE tracker_id = ?", trackerId)
                    .update();
        }
    }

    private static List<String> names(Connection connection, Capabilities capabilities) throws SQLException {
        if (!capabilities.timescaledb()) {
            return List.of("location_history_hourly", "location_history_daily");
        }
        return Sql.on(
                        connection,
                        "SELECT format('%I.%I', materialization_hypertable_schema, materialization_hypertable_name)"
                                + " FROM timescaledb_information.continuous_aggregates"
                                + " WHERE view_schema = current_schema()"
                                + " AND view_name IN ('location_history_hourly', 'location_history_daily')")
                .list(row -> row.getString(1));
    }
}
