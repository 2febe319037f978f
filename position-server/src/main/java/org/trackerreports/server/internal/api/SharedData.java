package org.trackerreports.server.internal.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.trackerreports.movement.Stay;
import org.trackerreports.store.access.NewShare;
import org.trackerreports.store.access.Share;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.history.LatestPosition;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.view.TrackerView;

/** What a share shows: names, positions and stays within its times, rounded as it says, and nothing else. */
final class SharedData {

    private static final int MOST_REPORTS = 10_000;
    private static final double METRES_IN_DEGREE = 111_320;

    private final Api api;

    SharedData(Api api) {
        this.api = api;
    }

    ObjectNode of(Share share) {
        NewShare content = share.content();
        Instant from = content.from().orElse(share.created());
        Instant now = api.clock().instant();
        // What was seen a moment ago by a clock that runs ahead belongs to it.
        Instant to = content.to().orElse(now.plusSeconds(300));
        ObjectNode json = Json.object()
                .put("from", from.toString())
                .put("to", Json.time(content.to()))
                .put("expires", content.expires().toString())
                .put("rounded", content.precisionMetres() > 0)
                .put("precision_m", content.precisionMetres());
        ArrayNode trackers = json.putArray("trackers");
        int number = 0;
        for (TrackerView tracker : api.store().views().findAll(content.trackers())) {
            trackers.add(tracker(tracker, ++number, from, to, content));
        }
        return json;
    }

    private ObjectNode tracker(TrackerView tracker, int number, Instant from, Instant to, NewShare content) {
        ObjectNode json = Json.object().put("id", number).put("name", tracker.name());
        int precision = content.precisionMetres();
        // A share without an end shows where the tracker is, however long it has been there.
        Optional<LatestPosition> shown = tracker.position()
                .filter(position -> content.to().isEmpty()
                        || !position.timestamp().isBefore(from)
                                && position.timestamp().isBefore(to));
        json.set(
                "position",
                shown.map(position -> point(
                                position.timestamp(),
                                rounded(new Position(position.latitude(), position.longitude()), precision),
                                position.horizontalAccuracy().orElse(0),
                                precision))
                        .orElse(null));
        ArrayNode reports = json.putArray("reports");
        ArrayNode stays = json.putArray("stays");
        if (!from.isBefore(to)) {
            return json;
        }
        HistoryQuery query = HistoryQuery.of(tracker.id(), from, to);
        List<StoredReport> found = api.store().history().reportPage(query, Optional.empty(), MOST_REPORTS);
        for (StoredReport report : found) {
            report.content()
                    .position()
                    .ifPresent(position -> reports.add(point(
                            report.timestamp(),
                            rounded(position, precision),
                            report.content().horizontalAccuracy().orElse(0),
                            precision)));
        }
        for (Stay stay : Movements.read(api.store().history(), query).timeline().stays()) {
            // A stay that began before the share shows no more of it.
            if (!stay.to().isBefore(from) && stay.from().isBefore(to)) {
                Position at = rounded(
                        new Position(stay.position().latitude(), stay.position().longitude()), precision);
                stays.addObject()
                        .put("from", (stay.from().isBefore(from) ? from : stay.from()).toString())
                        .put("to", stay.to().toString())
                        .put("lat", at.latitude())
                        .put("lon", at.longitude())
                        .put("assumed", !stay.assumed().isEmpty());
            }
        }
        return json;
    }

    private static ObjectNode point(Instant time, Position position, double accuracy, int precision) {
        return Json.object()
                .put("event_time", time.toString())
                .put("lat", position.latitude())
                .put("lon", position.longitude())
                .put("accuracy_m", Math.max(accuracy, precision));
    }

    /** The middle of a cell of a fixed grid: the same for all positions in it, so that many of them tell no more than one. */
    private static Position rounded(Position position, int metres) {
        if (metres == 0) {
            return position;
        }
        double high = metres / METRES_IN_DEGREE;
        double latitude = Math.max(-90, Math.min(90, middle(position.latitude(), high)));
        double wide = high / Math.max(0.01, Math.cos(Math.toRadians(latitude)));
        return new Position(latitude, Math.max(-180, Math.min(180, middle(position.longitude(), wide))));
    }

    private static double middle(double degrees, double cell) {
        // Without the digits that only the computation makes.
        return Math.round((Math.floor(degrees / cell) + 0.5) * cell * 1e6) / 1e6;
    }
}
