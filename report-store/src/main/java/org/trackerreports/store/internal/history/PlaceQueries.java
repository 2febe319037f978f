package org.trackerreports.store.internal.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trackerreports.store.history.GeoBox;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.history.NearbyReport;
import org.trackerreports.store.internal.report.ReportRows;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.StoredReport;

/** Queries by place. They find their rows through the spatial index. */
public final class PlaceQueries {

    private static final double EARTH_RADIUS_METRES = 6_371_008.8;
    private static final double HALF_CIRCUMFERENCE_METRES = Math.PI * EARTH_RADIUS_METRES;
    /** The condition that a location lies in a box, with the parameters {@link #sides}. */
    public static final String IN_SIDES =
            "(location_in_box(r.location, ?, ?, ?, ?) OR location_in_box(r.location, ?, ?, ?, ?))";

    private static final String IN_BOXES = "SELECT " + ReportRows.COLUMNS + " FROM location_reports r WHERE " + IN_SIDES
            + " AND r.\"timestamp\" >= ? AND r.\"timestamp\" < ? AND r.confidence >= ?";
    private static final String DISTANCE = "2 * 6371008.8 * asin(least(1, sqrt("
            + "power(sin(radians(latitude - ?) / 2), 2)"
            + " + cos(radians(?)) * cos(radians(latitude)) * power(sin(radians(longitude - ?) / 2), 2))))";

    private PlaceQueries() {}

    static List<StoredReport> inBox(Connection connection, GeoBox box, HistoryQuery query, int limit)
            throws SQLException {
        List<@Nullable Object> parameters = parameters(box, query);
        parameters.add(limit);
        return Sql.on(
                        connection,
                        IN_BOXES + filter(query) + " ORDER BY r.\"timestamp\" DESC, r.hashed_adv_key, r.digest LIMIT ?",
                        parameters.toArray())
                .list(ReportRows::read);
    }

    static List<NearbyReport> near(
            Connection connection, Position centre, double radiusMetres, HistoryQuery query, int limit)
            throws SQLException {
        List<@Nullable Object> parameters = parameters(around(centre, radiusMetres), query);
        parameters.addAll(0, List.of(centre.latitude(), centre.latitude(), centre.longitude()));
        parameters.addAll(List.of(radiusMetres, limit));
        return Sql.on(
                        connection,
                        "SELECT * FROM (SELECT *, " + DISTANCE + " AS distance FROM (" + IN_BOXES + filter(query)
                                + ") r) r WHERE distance <= ? ORDER BY distance, \"timestamp\" DESC LIMIT ?",
                        parameters.toArray())
                .list(row -> new NearbyReport(ReportRows.read(row), row.getDouble("distance")));
    }

    private static String filter(HistoryQuery query) {
        return (query.trackerIds().isEmpty() ? " AND r.tracker_id IS NOT NULL" : " AND r.tracker_id = ANY (?)")
                + ReportRows.condition(query.flags());
    }

    /** The parameters of {@link #IN_BOXES} and {@link #filter}. */
    private static List<@Nullable Object> parameters(GeoBox box, HistoryQuery query) {
        List<@Nullable Object> parameters = sides(box);
        parameters.addAll(List.of(query.from(), query.to(), query.minimumConfidence()));
        if (!query.trackerIds().isEmpty()) {
            parameters.add(ArrayOf.bigints(query.trackerIds()));
        }
        return parameters;
    }

    /** The parameters of {@link #IN_SIDES}. The second box is null unless the box crosses the date line. */
    public static List<@Nullable Object> sides(GeoBox box) {
        List<@Nullable Object> sides = new ArrayList<>();
        if (box.west() <= box.east()) {
            sides.addAll(List.of(box.south(), box.west(), box.north(), box.east()));
            for (int side = 0; side < 4; side++) {
                sides.add(null);
            }
        } else {
            sides.addAll(List.of(box.south(), box.west(), box.north(), 180.0));
            sides.addAll(List.of(box.south(), -180.0, box.north(), box.east()));
        }
        return sides;
    }

    /** The smallest box around a circle on the sphere. A circle that contains a pole needs all longitudes. */
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
