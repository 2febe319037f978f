package org.trackerreports.tools.tracker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.trackerreports.core.text.Durations;
import org.trackerreports.store.history.LatestPosition;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.TrackerNames;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;

/** Trackers, as JSON and as tables. */
final class TrackerFormat {

    /** An accessory has thousands of keys. */
    private static final int MAX_KEYS = 10;

    private TrackerFormat() {}

    static TextTable table(List<Tracker> trackers) {
        TextTable table = new TextTable("TRACKER", "KIND", "ENABLED", "ADDED (UTC)", "LABELS");
        trackers.forEach(tracker -> table.row(
                tracker.name(),
                tracker.kind(),
                enabled(tracker),
                TextTable.second(tracker.created()),
                labels(tracker)));
        return table;
    }

    static ObjectNode json(Tracker tracker) {
        ObjectNode json = Json.object()
                .put("tracker", tracker.name())
                .put("kind", tracker.kind())
                .put("enabled", tracker.enabled())
                .put("added_time", tracker.created().toString())
                .put("changed_time", tracker.changed().toString());
        ObjectNode labels = json.putObject("labels");
        new TreeMap<>(tracker.labels()).forEach(labels::put);
        return json;
    }

    /** Everything about one tracker, one property in each row. */
    static TextTable details(Tracker tracker, List<String> keys, Optional<LatestPosition> latest, Instant now) {
        TextTable table = new TextTable("TRACKER", tracker.name());
        table.row("kind", tracker.kind());
        table.row("enabled", enabled(tracker));
        table.row("labels", labels(tracker));
        table.row("added", TextTable.second(tracker.created()));
        table.row("changed", TextTable.second(tracker.changed()));
        tracker.alignment()
                .ifPresent(alignment -> table.row(
                        "alignment", "key index " + alignment.index() + " at " + TextTable.second(alignment.time())));
        table.row(
                "last seen",
                latest.map(each -> TextTable.time(each.timestamp()) + " ("
                                + Durations.text(Duration.between(each.timestamp(), now)) + " ago)")
                        .orElse("never"));
        table.row("keys known", Integer.toString(keys.size()));
        keys.stream().limit(MAX_KEYS).forEach(key -> table.row("", key));
        if (keys.size() > MAX_KEYS) {
            table.row("", "… all of them: --json");
        }
        return table;
    }

    static ObjectNode detailsJson(Tracker tracker, List<String> keys, Optional<LatestPosition> latest) {
        ObjectNode json = json(tracker);
        json.put("alignment_time", Json.time(tracker.alignment().map(each -> each.time())));
        json.put(
                "alignment_index", tracker.alignment().map(each -> each.index()).orElse(null));
        json.put("last_seen_time", Json.time(latest.map(LatestPosition::timestamp)));
        json.put("last_received_time", Json.time(latest.map(LatestPosition::receivedAt)));
        ArrayNode hashed = json.putArray("hashed_adv_keys");
        keys.forEach(hashed::add);
        return json;
    }

    private static String enabled(Tracker tracker) {
        return tracker.enabled() ? "yes" : "no";
    }

    private static String labels(Tracker tracker) {
        return tracker.labels().isEmpty() ? "-" : TrackerNames.labels(tracker.labels());
    }
}
