package org.trackerreports.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Answers where trackers are and were. Thread-safe. */
public final class History {

    /** What counts when the caller does not say: medium and high confidence. */
    public static final int DEFAULT_MINIMUM_CONFIDENCE = 2;

    private static final String LATEST =
            """
            SELECT t.id, t.name, r."timestamp", location_latitude(r.location) AS latitude,
                   location_longitude(r.location) AS longitude, r.horizontal_accuracy, r.confidence, r.nearest_city,
                   r.received_at
              FROM trackers t
              CROSS JOIN LATERAL (SELECT * FROM location_reports
                                   WHERE tracker_id = t.id AND confidence >= ? AND location IS NOT NULL
                                   ORDER BY "timestamp" DESC, digest DESC LIMIT 1) r
            """;

    private final Database database;

    History(Database database) {
        this.database = database;
    }

    /** The latest position of every tracker that has one, by name, of reports with confidence 2 or more. */
    public List<LatestPosition> latest() {
        return database.session("read the latest positions", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LATEST + "ORDER BY t.name")) {
                statement.setInt(1, DEFAULT_MINIMUM_CONFIDENCE);
                return read(statement);
            }
        });
    }

    /** The latest positions of these trackers, by name; those without one are left out. */
    public List<LatestPosition> latest(Collection<Long> trackerIds) {
        return database.session("read the latest positions", connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement(LATEST + "WHERE t.id = ANY (?) ORDER BY t.name")) {
                statement.setInt(1, DEFAULT_MINIMUM_CONFIDENCE);
                statement.setArray(2, connection.createArrayOf("bigint", trackerIds.toArray()));
                return read(statement);
            }
        });
    }

    private static List<LatestPosition> read(PreparedStatement statement) throws SQLException {
        List<LatestPosition> positions = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                positions.add(new LatestPosition(
                        row.getLong("id"),
                        row.getString("name"),
                        Database.instant(row, "timestamp"),
                        row.getDouble("latitude"),
                        row.getDouble("longitude"),
                        accuracy(row),
                        row.getInt("confidence"),
                        Optional.ofNullable(row.getString("nearest_city")),
                        Database.instant(row, "received_at")));
            }
        }
        return positions;
    }

    private static OptionalDouble accuracy(ResultSet row) throws SQLException {
        double metres = row.getDouble("horizontal_accuracy");
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(metres);
    }
}
