package org.trackerreports.store.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The tables that hold hours and days; under continuous aggregates these are tables of TimescaleDB's own. */
public final class HistoryTables {

    private HistoryTables() {}

    /** Removes a tracker's hours and days, also those whose reports are long gone, which no refresh would remove. */
    public static void forget(Connection connection, Capabilities capabilities, long trackerId) throws SQLException {
        for (String table : names(connection, capabilities)) {
            try (PreparedStatement statement =
                    connection.prepareStatement("DELETE FROM " + table + " WHERE tracker_id = ?")) {
                statement.setLong(1, trackerId);
                statement.executeUpdate();
            }
        }
    }

    private static List<String> names(Connection connection, Capabilities capabilities) throws SQLException {
        if (!capabilities.timescaledb()) {
            return List.of("location_history_hourly", "location_history_daily");
        }
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT format('%I.%I', materialization_hypertable_schema,"
                        + " materialization_hypertable_name) FROM timescaledb_information.continuous_aggregates"
                        + " WHERE view_schema = current_schema()"
                        + " AND view_name IN ('location_history_hourly', 'location_history_daily')")) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }
}
