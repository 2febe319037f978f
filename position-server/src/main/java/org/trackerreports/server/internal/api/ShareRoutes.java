package org.trackerreports.server.internal.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.trackerreports.server.internal.http.StaticFiles;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.ProblemException;
import org.trackerreports.server.route.Request;
import org.trackerreports.server.route.Route;
import org.trackerreports.server.route.Scope;
import org.trackerreports.store.access.NewShare;
import org.trackerreports.store.access.Share;
import org.trackerreports.store.access.Shares;
import org.trackerreports.store.view.TrackerView;

/** Links that show some positions to whoever has them: made, listed, removed, and opened. */
final class ShareRoutes {

    private static final int MOST_TRACKERS = 100;
    private static final int LEAST_PRECISION = 0;
    private static final int MOST_PRECISION = 100_000;

    private final Api api;
    private final StaticFiles files;
    private final SharedData data;

    ShareRoutes(Api api, StaticFiles files) {
        this.api = api;
        this.files = files;
        this.data = new SharedData(api);
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", Api.BASE + "/shares", Scope.PLACES, this::list),
                new Route("POST", Api.BASE + "/shares", Scope.PLACES, this::add),
                new Route("DELETE", Api.BASE + "/shares/{id}", Scope.PLACES, this::remove),
                new Route("GET", "/s/{token}", Scope.NONE, this::page),
                new Route("GET", "/s/{token}/data", Scope.NONE, this::open));
    }

    /** Those of which the caller may see all trackers. */
    private List<Share> visible(Request request, Map<Long, TrackerView> trackers) {
        return api.store().shares().list().stream()
                .filter(share -> request.caller().seesAll()
                        || share.content().trackers().stream()
                                .allMatch(id -> trackers.containsKey(id)
                                        && trackers.get(id)
                                                .labels()
                                                .entrySet()
                                                .containsAll(request.caller()
                                                        .labels()
                                                        .entrySet())))
                .toList();
    }

    private Map<Long, TrackerView> trackers() {
        Set<Long> ids = new HashSet<>();
        api.store().shares().list().forEach(share -> ids.addAll(share.content().trackers()));
        return api.store().views().findAll(ids).stream().collect(Collectors.toMap(TrackerView::id, each -> each));
    }

    private Answer list(Request request) {
        Map<Long, TrackerView> trackers = trackers();
        ArrayNode shares = Json.array();
        visible(request, trackers).forEach(share -> shares.add(json(share, trackers)));
        return Answer.json(Api.list("shares", shares, null)).withHeader("Cache-Control", "no-store");
    }

    private static ObjectNode json(Share share, Map<Long, TrackerView> trackers) {
        NewShare content = share.content();
        ObjectNode json = Json.object().put("id", share.id());
        ArrayNode named = json.putArray("trackers");
        content.trackers()
                .forEach(id -> named.addObject()
                        .put("id", id)
                        .put(
                                "name",
                                Optional.ofNullable(trackers.get(id))
                                        .map(TrackerView::name)
                                        .orElse(null)));
        return json.put("from", Json.time(content.from()))
                .put("to", Json.time(content.to()))
                .put("expires", content.expires().toString())
                .put("precision_m", content.precisionMetres())
                .put("created_time", share.created().toString())
                .put("created_by", content.createdBy());
    }

    private Answer add(Request request) {
        ObjectNode json = request.json();
        Set<Long> ids = new HashSet<>();
        json.path("trackers").forEach(id -> ids.add(id.asLong()));
        if (ids.isEmpty() || ids.size() > MOST_TRACKERS) {
            throw ProblemException.badRequest("trackers must be 1 to " + MOST_TRACKERS + " ids.");
        }
        List<TrackerView> found = new ArrayList<>();
        ids.forEach(id -> found.add(api.store()
                .views()
                .find(id, request.caller().labels())
                .orElseThrow(() -> ProblemException.notFound("There is no tracker with the id " + id + "."))));
        Instant expires = time(json, "expires")
                .orElseThrow(() -> ProblemException.badRequest("expires must be a time such as 2026-11-30T12:00:00Z."));
        if (!expires.isAfter(api.clock().instant())) {
            throw ProblemException.badRequest("expires must be in the future.");
        }
        Optional<Instant> from = time(json, "from");
        Optional<Instant> to = time(json, "to");
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw ProblemException.badRequest("from must be before to.");
        }
        int precision = json.path("precision_m").asInt(0);
        if (precision < LEAST_PRECISION || precision > MOST_PRECISION) {
            throw ProblemException.badRequest("precision_m must be 0 to " + MOST_PRECISION + ".");
        }
        Shares.Created created = api.store()
                .shares()
                .add(new NewShare(
                        found.stream().map(TrackerView::id).sorted().toList(),
                        from,
                        to,
                        expires,
                        precision,
                        request.caller().token().orElse("this machine")));
        Map<Long, TrackerView> trackers = found.stream().collect(Collectors.toMap(TrackerView::id, tracker -> tracker));
        return Answer.json(
                        201,
                        json(created.share(), trackers)
                                .put("path", "s/" + created.text().text()))
                .withHeader("Cache-Control", "no-store");
    }

    private static Optional<Instant> time(ObjectNode json, String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(value.asText()));
        } catch (DateTimeException e) {
            throw ProblemException.badRequest(name + " must be a time such as 2026-11-30T12:00:00Z.");
        }
    }

    private Answer remove(Request request) {
        String id = request.pathParameter("id");
        boolean visible = visible(request, trackers()).stream()
                .anyMatch(share -> share.id().equals(id));
        if (!visible || !api.store().shares().remove(id)) {
            throw ProblemException.notFound("There is no such share.");
        }
        return Answer.noContent();
    }

    /** The page asks for the data itself, and says when there is none. */
    private Answer page(Request request) {
        return files.find("share.html", false)
                .orElseThrow(() -> ProblemException.notFound("There is nothing at this path."));
    }

    private Answer open(Request request) {
        Share share = api.store()
                .shares()
                .find(request.pathParameter("token"))
                .orElseThrow(() -> ProblemException.notFound("This link has ended, or was taken back."));
        return Answer.json(data.of(share)).withHeader("Cache-Control", "no-store");
    }
}
