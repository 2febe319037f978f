package org.trackerreports.store.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportRows;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.sql.Database;

/** Questions that begin with a place; both find their rows through the spatial index. */
final class PlaceQueries {

    private static final double EARTH_RADIUS_METRES = 6_371_008.8;
    private static final double HALF_CIRCUMFERENCE_METRES = Math.PI * EARTH_RADIUS_METRES;
    private static final String IN_BOXES = "SELECT " + ReportRows.COLUMNS + """
             FROM location_reports r
            WHERE (location_in_box(r.location, ?, ?, ?, ?) OR location_in_box(r.location, ?, ?, ?, ?))
              AND r."timestamp" >= ? AND r."timestamp" < ? AND r.confidence >= ?""";
    private static final String DISTANCE = "2 * 6371008.8 * asin(least(1, sqrt("
            + "power(sin(radians(latitude - ?) / 2), 2)"
            + " + cos(radians(?)) * cos(radians(latitude)) * power(sin(radians(longitude - ?) / 2), 2))))";

    private PlaceQueries() {}

    static List<StoredReport> inBox(Connection connection, GeoBox box, HistoryQuery query, int limit)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                IN_BOXES + filter(query) + " ORDER BY r.\"timestamp\" DESC, r.hashed_adv_key, r.digest LIMIT ?")) {
            int next = bind(connection, statement, 1, box.parts(), query);
            statement.setInt(next, limit);
            List<StoredReport> reports = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    reports.add(ReportRows.read(row));
                }
            }
            return reports;
        }
    }

    static List<NearbyReport> near(
            Connection connection, Position centre, double radiusMetres, HistoryQuery query, int limit)
            throws SQLException {
        String sql = "SELECT * FROM (SELECT *, " + DISTANCE + " AS distance FROM (" + IN_BOXES + filter(query)
                + ") r) r WHERE distance <= ? ORDER BY distance, \"timestamp\" DESC LIMIT ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setDouble(1, centre.latitude());
            statement.setDouble(2, centre.latitude());
            statement.setDouble(3, centre.longitude());
            int next =
                    bind(connection, statement, 4, around(centre, radiusMetres).parts(), query);
            statement.setDouble(next, radiusMetres);
            statement.setInt(next + 1, limit);
            List<NearbyReport> reports = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    reports.add(new NearbyReport(ReportRows.read(row), row.getDouble("distance")));
                }
            }
            return reports;
        }
    }

    private static String filter(HistoryQuery query) {
        return (query.trackerIds().isEmpty() ? " AND r.tracker_id IS NOT NULL" : " AND r.tracker_id = ANY (?)")
                + (query.withMarked() ? "" : " AND cardinality(r.marks) = 0");
    }

    private static int bind(
            Connection connection, PreparedStatement statement, int first, List<GeoBox> parts, HistoryQuery query)
            throws SQLException {
        int next = first;
        for (int part = 0; part < 2; part++) {
            if (part < parts.size()) {
                statement.setDouble(next++, parts.get(part).south());
                statement.setDouble(next++, parts.get(part).west());
                statement.setDouble(next++, parts.get(part).north());
                statement.setDouble(next++, parts.get(part).east());
            } else {
                for (int side = 0; side < 4; side++) {
                    statement.setNull(next++, Types.DOUBLE);
                }
            }
        }
        statement.setObject(next++, Database.utc(query.from()));
        statement.setObject(next++, Database.utc(query.to()));
        statement.setInt(next++, query.minimumConfidence());
        if (!query.trackerIds().isEmpty()) {
            statement.setArray(
                    next++,
                    connection.createArrayOf("bigint", query.trackerIds().toArray()));
        }
        return next;
    }

    /** The smallest box around a circle on the sphere; a circle that holds a pole takes all longitudes. */
    private static GeoBox around(Position centre, double radiusMetres) {
        double angle = Math.min(radiusMetres, HALF_CIRCUMFERENCE_METRES) / EARTH_RADIUS_METRES + 1e-9;
        double degrees = Math.toDegrees(angle);
        double south = Math.max(-90, centre.latitude() - degrees);
        double north = Math.min(90, centre.latitude() + degrees);
        if (south == -90 || north == 90) {
            return new GeoBox(south, -180, north, 180);
        }
        double width = Math.toDegrees(Math.asin(Math.sin(angle) / Math.cos(Math.toRadians(centre.latitude()))));
        return new GeoBox(south, wrapped(centre.longitude() - width), north, wrapped(centre.longitude() + width));
    }

    private static double wrapped(double longitude) {
        return longitude < -180 ? longitude + 360 : longitude > 180 ? longitude - 360 : longitude;
    }
}
