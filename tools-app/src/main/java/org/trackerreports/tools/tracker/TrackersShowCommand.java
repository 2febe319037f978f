package org.trackerreports.tools.tracker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.history.LatestPosition;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.command.TrackerNames;
import org.trackerreports.tools.text.Durations;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** One of them in full. */
@Command(
        name = "show",
        description = "Shows all that is known of trackers, but for their private keys.",
        footer = {"", "Example: findmy tools trackers show Bike"})
final class TrackersShowCommand extends ToolCommand implements Callable<Integer> {

    /** An accessory has thousands; those that are on the air now are seldom among them anyway. */
    private static final int MAX_KEYS = 10;

    @Parameters(paramLabel = "TRACKER", arity = "1..*", description = "Names of trackers.")
    private List<String> names;

    @Mixin
    private JsonOption reading;

    private final Provider<ReportStore> storeProvider;
    private final Clock clock;

    @Inject
    TrackersShowCommand(CommandContext context, Provider<ReportStore> storeProvider, Clock clock) {
        super(context);
        this.storeProvider = storeProvider;
        this.clock = clock;
    }

    @Override
    public Integer call() throws CommandFailure {
        ReportStore store = storeProvider.get();
        List<Tracker> trackers = TrackerNames.trackers(store, names);
        ArrayNode array = Json.array();
        for (Tracker tracker : trackers) {
            List<String> keys = store.trackers().hashedKeys(tracker.id());
            Optional<LatestPosition> latest =
                    store.history().latest(List.of(tracker.id()), 0).stream().findFirst();
            if (reading.json()) {
                array.add(json(tracker, keys, latest));
            } else {
                print(tracker, keys, latest, clock);
            }
        }
        if (reading.json()) {
            Json.print(array, out());
        }
        return ExitCode.DONE;
    }

    private static ObjectNode json(Tracker tracker, List<String> keys, Optional<LatestPosition> latest) {
        ObjectNode json = TrackersListCommand.json(tracker);
        json.put(
                "alignment_time",
                tracker.alignment().map(each -> each.time().toString()).orElse(null));
        json.put(
                "alignment_index", tracker.alignment().map(each -> each.index()).orElse(null));
        json.put(
                "last_seen_time",
                latest.map(each -> each.timestamp().toString()).orElse(null));
        json.put(
                "last_received_time",
                latest.map(each -> each.receivedAt().toString()).orElse(null));
        ArrayNode hashed = json.putArray("hashed_adv_keys");
        keys.forEach(hashed::add);
        return json;
    }

    private void print(Tracker tracker, List<String> keys, Optional<LatestPosition> latest, Clock clock) {
        TextTable table = new TextTable("TRACKER", tracker.name());
        table.row("kind", tracker.kind());
        table.row("enabled", tracker.enabled() ? "yes" : "no");
        table.row("labels", TrackersListCommand.labels(tracker));
        table.row("added", TextTable.second(tracker.created()));
        table.row("changed", TextTable.second(tracker.changed()));
        tracker.alignment()
                .ifPresent(alignment -> table.row(
                        "alignment", "key index " + alignment.index() + " at " + TextTable.second(alignment.time())));
        table.row(
                "last seen",
                latest.map(each -> TextTable.time(each.timestamp()) + " ("
                                + Durations.text(Duration.between(each.timestamp(), clock.instant())) + " ago)")
                        .orElse("never"));
        table.row("keys known", Integer.toString(keys.size()));
        keys.stream().limit(MAX_KEYS).forEach(key -> table.row("", key));
        if (keys.size() > MAX_KEYS) {
            table.row("", "… all of them: --json");
        }
        table.print(out());
    }
}
