package org.trackerreports.server.internal.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.ProblemException;
import org.trackerreports.server.route.Request;
import org.trackerreports.server.route.Route;
import org.trackerreports.server.route.Scope;
import org.trackerreports.store.tracker.ChangeOutcome;
import org.trackerreports.store.view.LabelCount;
import org.trackerreports.store.view.TrackerOrder;
import org.trackerreports.store.view.TrackerSelection;
import org.trackerreports.store.view.TrackerView;

/** Trackers with their latest positions, and their labels. */
final class TrackerRoutes {

    private final Api api;

    TrackerRoutes(Api api) {
        this.api = api;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", Api.BASE + "/trackers", Scope.READ, Api.cached(this::list)),
                new Route("GET", Api.BASE + "/trackers/{id}", Scope.READ, Api.cached(this::one)),
                new Route("PATCH", Api.BASE + "/trackers/{id}", Scope.ADMIN, this::change),
                new Route("GET", Api.BASE + "/labels", Scope.READ, Api.cached(this::labels)));
    }

    private Answer list(Request request) {
        Parameters parameters = api.parameters(request);
        TrackerSelection selection =
                new TrackerSelection(parameters.labels(), parameters.text("q").orElse(""));
        boolean byName =
                parameters.word("sort", "name", List.of("name", "last_seen")).equals("name");
        // Of the last tracker of the page before; at the end is how many trackers there were.
        Optional<List<String>> after = parameters.after(byName ? 2 : 3);
        TrackerOrder order = byName ? byName(after) : newest(after);
        Optional<Long> counted = after.map(parts -> number(parts.get(parts.size() - 1)));
        int limit = parameters.limit(Page.USUAL_LIMIT);
        return api.ifChanged(request, () -> {
            String feed = api.judgedPlace().toString();
            // One more tells whether there are more.
            List<TrackerView> found = api.store().views().list(selection, order, limit + 1);
            // To count a million takes longer than to read a page of them, so only the first of several pages does.
            long total = counted.orElseGet(() ->
                    found.size() <= limit ? found.size() : api.store().views().count(selection));
            Page<TrackerView> page = Page.of(found, limit, last -> cursor(last, byName, total));
            TrackerJson format = new TrackerJson(api.store().places().list());
            ArrayNode trackers = Json.array();
            page.items().forEach(tracker -> trackers.add(format.of(tracker)));
            ObjectNode json = Api.list("trackers", trackers, page.next())
                    .put("total", total)
                    .put("feed", feed);
            return Api.page(request, json);
        });
    }

    private static TrackerOrder byName(Optional<List<String>> after) {
        return new TrackerOrder.ByName(after.map(parts -> parts.get(0)).orElse(""));
    }

    private static TrackerOrder newest(Optional<List<String>> after) {
        return new TrackerOrder.Newest(after.map(parts -> new TrackerOrder.Newest.Place(
                parts.get(0).isEmpty() ? Optional.empty() : Optional.of(Page.time(parts.get(0))),
                number(parts.get(1)))));
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Parameters.wrongCursor();
        }
    }

    private static String cursor(TrackerView last, boolean byName, long total) {
        String count = Long.toString(total);
        return byName
                ? Parameters.cursor(last.name(), count)
                : Parameters.cursor(
                        last.position()
                                .map(position -> position.timestamp().toString())
                                .orElse(""),
                        Long.toString(last.id()),
                        count);
    }

    private Answer one(Request request) {
        return Answer.json(json(api.tracker(request)));
    }

    private ObjectNode json(TrackerView tracker) {
        return new TrackerJson(api.store().places().list()).of(tracker);
    }

    private Answer change(Request request) {
        TrackerView tracker = api.tracker(request);
        ObjectNode wanted = request.json();
        wanted.fieldNames().forEachRemaining(name -> {
            if (!List.of("name", "labels", "enabled").contains(name)) {
                throw ProblemException.badRequest(
                        "A tracker has no changeable " + name + "; expected name, labels, enabled.");
            }
        });
        List<ChangeOutcome> outcomes = new ArrayList<>();
        if (wanted.has("labels")) {
            Map<String, String> set = new HashMap<>();
            List<String> remove = new ArrayList<>();
            readLabels(wanted.get("labels"), set, remove);
            outcomes.add(api.store().trackers().changeLabels(tracker.id(), set, remove));
        }
        if (wanted.has("name") && outcomes.stream().allMatch(TrackerRoutes::isChanged)) {
            outcomes.add(api.store().trackers().rename(tracker.id(), text(wanted.get("name"), "name")));
        }
        if (wanted.has("enabled") && outcomes.stream().allMatch(TrackerRoutes::isChanged)) {
            if (!wanted.get("enabled").isBoolean()) {
                throw ProblemException.badRequest("enabled must be true or false.");
            }
            outcomes.add(api.store()
                    .trackers()
                    .setEnabled(tracker.id(), wanted.get("enabled").asBoolean()));
        }
        for (ChangeOutcome outcome : outcomes) {
            switch (outcome.kind()) {
                case CHANGED -> {}
                case UNKNOWN -> throw ProblemException.notFound("There is no such tracker.");
                case REFUSED ->
                    throw new ProblemException(
                            Answer.problem(422, "Not acceptable as it is", ((ChangeOutcome.Refused) outcome).reason()));
            }
        }
        // With other labels, the caller may no longer see it.
        return api.store()
                .views()
                .find(tracker.id(), request.caller().labels())
                .map(changed -> Answer.json(json(changed)))
                .orElseGet(Answer::noContent);
    }

    private static boolean isChanged(ChangeOutcome outcome) {
        return outcome.kind() == ChangeOutcome.Kind.CHANGED;
    }

    /** A label with the value null is to be removed. */
    private static void readLabels(JsonNode labels, Map<String, String> set, List<String> remove) {
        if (!labels.isObject()) {
            throw ProblemException.badRequest("labels must be an object of names and values.");
        }
        labels.properties().forEach(label -> {
            if (label.getValue().isNull()) {
                remove.add(label.getKey());
            } else {
                set.put(label.getKey(), text(label.getValue(), "the value of a label"));
            }
        });
    }

    private static String text(JsonNode value, String what) {
        if (!value.isTextual()) {
            throw ProblemException.badRequest(what + " must be a text.");
        }
        return value.asText();
    }

    private Answer labels(Request request) {
        Parameters parameters = api.parameters(request);
        TrackerSelection selection = TrackerSelection.of(parameters.labels());
        int limit = parameters.limit(Page.USUAL_LIMIT);
        List<LabelCount> found =
                api.store().views().labels(selection, parameters.after(3).map(TrackerRoutes::label), limit + 1);
        Page<LabelCount> page = Page.of(found, limit, TrackerRoutes::cursor);
        ArrayNode labels = Json.array();
        page.items()
                .forEach(label -> labels.addObject()
                        .put("key", label.name())
                        .put("value", label.value())
                        .put("trackers", label.trackers()));
        return Api.page(request, Api.list("labels", labels, page.next()));
    }

    private static String cursor(LabelCount last) {
        return Parameters.cursor(Long.toString(last.trackers()), last.name(), last.value());
    }

    private static LabelCount label(List<String> parts) {
        return new LabelCount(parts.get(1), parts.get(2), number(parts.get(0)));
    }
}
