package org.trackerreports.server.internal.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.trackerreports.store.history.GeoBox;
import org.trackerreports.store.report.Position;

/** GeoJSON (RFC 7946). */
final class GeoJson {

    private GeoJson() {}

    /** A point with properties. */
    static ObjectNode feature(Optional<Position> position, ObjectNode properties) {
        ObjectNode feature = Json.object().put("type", "Feature");
        feature.set("geometry", position.map(GeoJson::point).orElse(null));
        feature.set("properties", properties);
        return feature;
    }

    private static ObjectNode point(Position position) {
        ObjectNode point = Json.object().put("type", "Point");
        point.set("coordinates", pair(position));
        return point;
    }

    private static ArrayNode pair(Position position) {
        return Json.array().add(position.longitude()).add(position.latitude());
    }

    /** A polygon without holes. */
    static ObjectNode polygon(List<Position> corners) {
        ArrayNode ring = Json.array();
        corners.forEach(corner -> ring.add(pair(corner)));
        ring.add(pair(corners.get(0)));
        ObjectNode polygon = Json.object().put("type", "Polygon");
        polygon.set("coordinates", Json.array().add(ring));
        return polygon;
    }

    /** A box as west, south, east, north. */
    static ArrayNode bbox(GeoBox box) {
        return Json.array().add(box.west()).add(box.south()).add(box.east()).add(box.north());
    }
}
