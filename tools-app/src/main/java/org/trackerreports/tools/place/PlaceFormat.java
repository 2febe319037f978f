package org.trackerreports.tools.place;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.trackerreports.core.text.Durations;
import org.trackerreports.store.place.Area;
import org.trackerreports.store.place.NewPlace;
import org.trackerreports.store.place.Place;
import org.trackerreports.store.report.Position;
import org.trackerreports.tools.command.TrackerNames;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;

/** Places, as JSON and as tables. */
final class PlaceFormat {

    private PlaceFormat() {}

    static ObjectNode json(Place place) {
        NewPlace content = place.content();
        ObjectNode json = Json.object().put("place", place.name());
        if (content.area() instanceof Area.Circle circle) {
            json.put("lat", circle.centre().latitude())
                    .put("lon", circle.centre().longitude())
                    .put("radius_m", circle.radius());
        } else {
            ArrayNode corners = json.putArray("corners");
            ((Area.Polygon) content.area())
                    .corners()
                    .forEach(corner ->
                            corners.addObject().put("lat", corner.latitude()).put("lon", corner.longitude()));
        }
        ObjectNode labels = json.putObject("labels");
        new TreeMap<>(content.labels()).forEach(labels::put);
        return json.put("confirm", content.confirm())
                .put("dwell_seconds", content.dwell().toSeconds())
                .put("max_lag_seconds", content.maxLag().toSeconds())
                .put("alert", content.alert());
    }

    static TextTable table(List<Place> places) {
        TextTable table = new TextTable("PLACE", "WHERE", "TRACKERS", "CONFIRM", "DWELL", "MAX LAG", "ALERT");
        places.forEach(place -> table.row(
                place.name(),
                where(place.content().area()),
                trackers(place.content().labels()),
                Integer.toString(place.content().confirm()),
                length(place.content().dwell()),
                length(place.content().maxLag()),
                place.content().alert() ? "yes" : "no"));
        return table;
    }

    /** Everything about one place, one property in each row. */
    static TextTable details(Place place) {
        NewPlace content = place.content();
        TextTable table = new TextTable("PLACE", place.name());
        table.row("where", where(content.area()));
        if (content.area() instanceof Area.Polygon polygon) {
            polygon.corners().forEach(corner -> table.row("", degrees(corner)));
        }
        table.row("trackers", trackers(content.labels()));
        table.row("confirm", Integer.toString(content.confirm()));
        table.row("dwell", length(content.dwell()));
        table.row("max lag", length(content.maxLag()));
        table.row("alert", content.alert() ? "yes" : "no");
        return table;
    }

    private static String where(Area area) {
        return area instanceof Area.Circle circle
                ? TextTable.metres(OptionalDouble.of(circle.radius())) + " around " + degrees(circle.centre())
                : "polygon of " + ((Area.Polygon) area).corners().size() + " corners";
    }

    private static String degrees(Position position) {
        return TextTable.degrees(position.latitude()) + ", " + TextTable.degrees(position.longitude());
    }

    private static String trackers(Map<String, String> labels) {
        return labels.isEmpty() ? "all" : TrackerNames.labels(labels);
    }

    private static String length(Duration length) {
        return length.isZero() ? "-" : Durations.text(length);
    }
}
