package org.trackerreports.store.internal.place;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.text.Labels;
import org.trackerreports.store.internal.text.Names;
import org.trackerreports.store.place.Area;
import org.trackerreports.store.place.NewPlace;
import org.trackerreports.store.place.Place;
import org.trackerreports.store.report.Position;

/** Rows of {@code places}. */
final class PlaceRows {

    static final String COLUMNS = "id, name, latitude, longitude, radius, polygon, labels, confirm,"
            + " extract(epoch FROM dwell)::bigint AS dwell, extract(epoch FROM max_lag)::bigint AS max_lag, alert";
    static final String VALUES =
            "?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, make_interval(secs => ?), make_interval(secs => ?), ?";
    static final String NAMES = "name, latitude, longitude, radius, polygon, labels, confirm, dwell, max_lag, alert";

    private static final ObjectMapper JSON = new ObjectMapper();

    private PlaceRows() {}

    static Place read(ResultSet row) throws SQLException {
        return new Place(
                row.getLong("id"),
                new NewPlace(
                        row.getString("name"),
                        area(row),
                        Labels.fromJson(row.getString("labels")),
                        row.getInt("confirm"),
                        Duration.ofSeconds(row.getLong("dwell")),
                        Duration.ofSeconds(row.getLong("max_lag")),
                        row.getBoolean("alert")));
    }

    private static Area area(ResultSet row) throws SQLException {
        OptionalDouble radius = Sql.optionalDouble(row, "radius");
        if (radius.isPresent()) {
            return new Area.Circle(
                    new Position(row.getDouble("latitude"), row.getDouble("longitude")), radius.getAsDouble());
        }
        try {
            double[][] corners = JSON.readValue(row.getString("polygon"), double[][].class);
            return new Area.Polygon(Arrays.stream(corners)
                    .map(corner -> new Position(corner[1], corner[0]))
                    .toList());
        } catch (JsonProcessingException e) {
            throw new StoreException("the polygon of a place is not a list of positions");
        }
    }

    /** The parameters of {@link #VALUES}. */
    static @Nullable Object[] values(NewPlace place) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(Names.normal(place.name()));
        if (place.area() instanceof Area.Circle circle) {
            values.addAll(List.of(circle.centre().latitude(), circle.centre().longitude(), circle.radius()));
            values.add(null);
        } else {
            values.addAll(Arrays.asList(null, null, null));
            values.add(json(((Area.Polygon) place.area()).corners()));
        }
        values.add(Labels.toJson(place.labels()));
        values.addAll(List.of(
                place.confirm(), place.dwell().toSeconds(), place.maxLag().toSeconds(), place.alert()));
        return values.toArray();
    }

    private static String json(List<Position> corners) {
        try {
            return JSON.writeValueAsString(corners.stream()
                    .map(corner -> new double[] {corner.longitude(), corner.latitude()})
                    .toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a polygon could not be written as JSON", e);
        }
    }
}
