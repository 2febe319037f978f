package org.trackerreports.benchmarks.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import org.jspecify.annotations.Nullable;

/** The statement by which the original system stores a report. */
public final class OriginalStatement {

    /** With a parameter for each value. */
    public static final String SQL =
            "INSERT INTO location_reports (hashed_adv_key, timestamp, location, confidence, horizontal_accuracy, nearest_city)"
                    + " VALUES (?, ?, ST_GeomFromText(?, 4326), ?, ?, ?)";

    private OriginalStatement() {}

    /** Sets the parameters. */
    public static void bind(
            PreparedStatement statement,
            String hashedKey,
            Timestamp time,
            double latitude,
            double longitude,
            int confidence,
            double accuracy,
            @Nullable String city)
            throws SQLException {
        statement.setString(1, hashedKey);
        statement.setTimestamp(2, time);
        statement.setString(3, "POINT(" + longitude + " " + latitude + ")");
        statement.setInt(4, confidence);
        statement.setDouble(5, accuracy);
        statement.setString(6, city);
    }
}
