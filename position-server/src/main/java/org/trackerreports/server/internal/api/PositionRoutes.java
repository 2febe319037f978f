package org.trackerreports.server.internal.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.trackerreports.server.internal.map.FleetPositions;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.ProblemException;
import org.trackerreports.server.route.Request;
import org.trackerreports.server.route.Route;
import org.trackerreports.server.route.Scope;
import org.trackerreports.store.history.GeoBox;
import org.trackerreports.store.history.LatestPosition;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.view.Cluster;
import org.trackerreports.store.view.TrackerSelection;
import org.trackerreports.store.view.TrackerView;

/** Latest positions in a box as GeoJSON: one by one, or in clusters if there are many. */
final class PositionRoutes {

    private static final GeoBox WORLD = new GeoBox(-90, -180, 90, 180);
    private static final int MOST_POINTS = 2_000;

    /** How many cells the longer side of a box may have, whatever the zoom. */
    private static final int MOST_CELLS = 40;

    /** A picture of a map is 256 points wide, and a cluster 64. */
    private static final int CELLS_IN_TILE = 4;

    private final Api api;
    private final FleetPositions fleet;
    private final ClusterCache clusters;

    PositionRoutes(Api api, FleetPositions fleet) {
        this.api = api;
        this.fleet = fleet;
        this.clusters = new ClusterCache(api.store().views(), api.clock());
    }

    List<Route> routes() {
        return List.of(new Route("GET", Api.BASE + "/positions", Scope.READ, Api.cached(this::positions)));
    }

    private Answer positions(Request request) {
        Parameters parameters = api.parameters(request);
        GeoBox box = parameters.text("bbox").map(PositionRoutes::box).orElse(WORLD);
        TrackerSelection selection =
                new TrackerSelection(parameters.labels(), parameters.text("q").orElse(""));
        int limit = parameters.number("limit", 1, MOST_POINTS).orElse(MOST_POINTS);
        double cell = cell(box, parameters.number("zoom", 0, 24));
        return api.ifChanged(request, () -> {
            // Before the positions, so that who goes on from here misses nothing.
            String feed = api.judgedPlace().toString();
            Optional<List<Cluster>> many =
                    selection.isAll() ? fleet.clusters(box, cell).filter(all -> total(all) > limit) : Optional.empty();
            ObjectNode json = many.isPresent() ? clusters(many.get()) : few(box, selection, limit, cell);
            return Answer.text(
                    200, "application/geo+json", json.put("feed", feed).toString());
        });
    }

    private ObjectNode few(GeoBox box, TrackerSelection selection, int limit, double cell) {
        List<TrackerView> found = api.store().views().in(box, selection, limit + 1);
        if (found.size() > limit) {
            return clusters(clusters.get(box, selection, cell));
        }
        ObjectNode json = collection(found.stream().map(PositionRoutes::point).toList());
        return json.put("total", found.size()).put("clustered", false);
    }

    private static ObjectNode clusters(List<Cluster> all) {
        ObjectNode json = collection(all.stream().map(PositionRoutes::cluster).toList());
        return json.put("total", total(all)).put("clustered", true);
    }

    private static ObjectNode collection(List<ObjectNode> features) {
        ObjectNode json = Json.object().put("type", "FeatureCollection");
        json.putArray("features").addAll(features);
        return json;
    }

    private static long total(List<Cluster> clusters) {
        return clusters.stream().mapToLong(Cluster::trackers).sum();
    }

    private static GeoBox box(String text) {
        try {
            double[] sides = Arrays.stream(text.split(",", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            if (sides.length == 4) {
                // A map that was moved around the earth counts on.
                boolean world = sides[2] - sides[0] >= 360;
                return new GeoBox(
                        Math.max(-90, sides[1]),
                        world ? -180 : wrapped(sides[0]),
                        Math.min(90, sides[3]),
                        world ? 180 : wrapped(sides[2]));
            }
        } catch (IllegalArgumentException e) {
            throw wrongBox();
        }
        throw wrongBox();
    }

    private static double wrapped(double longitude) {
        return longitude >= -180 && longitude <= 180 ? longitude : Math.IEEEremainder(longitude, 360);
    }

    private static ProblemException wrongBox() {
        return ProblemException.badRequest(
                "bbox must be west,south,east,north in degrees, for example 13.0,52.3,13.8,52.7.");
    }

    private static double cell(GeoBox box, Optional<Integer> zoom) {
        double width = box.east() - box.west() + (box.east() < box.west() ? 360 : 0);
        double least = Math.max(Math.max(width, box.north() - box.south()), 1e-6) / MOST_CELLS;
        return zoom.map(level -> Math.max(least, 360.0 / CELLS_IN_TILE / (1L << level)))
                .orElse(least);
    }

    private static ObjectNode point(TrackerView tracker) {
        LatestPosition position = tracker.position().orElseThrow();
        ObjectNode properties = Json.object().put("id", tracker.id()).put("name", tracker.name());
        properties.setAll(Json.position(position));
        properties.put("battery", tracker.battery().orElse(null)).put("silent_since", Json.time(tracker.silentSince()));
        ObjectNode feature =
                GeoJson.feature(Optional.of(new Position(position.latitude(), position.longitude())), properties);
        return feature.put("id", tracker.id());
    }

    /** At the middle of the positions: it stands for several trackers, and is the position of none. */
    private static ObjectNode cluster(Cluster cluster) {
        GeoBox box = cluster.box();
        ObjectNode properties = Json.object().put("cluster", true).put("count", cluster.trackers());
        properties.set("bbox", GeoJson.bbox(box));
        properties.put("newest", cluster.newest().toString());
        return GeoJson.feature(
                Optional.of(new Position((box.south() + box.north()) / 2, (box.west() + box.east()) / 2)), properties);
    }
}
