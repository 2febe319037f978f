package org.trackerreports.tools.tracker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** All of them. */
@Command(
        name = "list",
        description = "Lists the trackers.",
        footer = {"", "Example: findmy tools trackers list --label client=acme --json"})
final class TrackersListCommand extends ToolCommand implements Callable<Integer> {

    @Option(
            names = "--label",
            paramLabel = "NAME=VALUE",
            description = "Only trackers with this label; of several labels all must fit.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Mixin
    private JsonOption reading;

    private final Provider<ReportStore> storeProvider;

    @Inject
    TrackersListCommand(CommandContext context, Provider<ReportStore> storeProvider) {
        super(context);
        this.storeProvider = storeProvider;
    }

    @Override
    public Integer call() {
        List<Tracker> trackers = storeProvider.get().trackers().list(labels);
        if (trackers.isEmpty()) {
            note(
                    labels.isEmpty()
                            ? "There is no tracker yet. Import some: findmy tools trackers import FILE"
                            : "No tracker has the labels " + labels + ".");
        }
        reading.print(
                out(),
                () -> Json.array()
                        .addAll(trackers.stream().map(TrackersListCommand::json).toList()),
                () -> table(trackers));
        return trackers.isEmpty() ? ExitCode.NOTHING_FOUND : ExitCode.DONE;
    }

    private static TextTable table(List<Tracker> trackers) {
        TextTable table = new TextTable("TRACKER", "KIND", "ENABLED", "ADDED (UTC)", "LABELS");
        trackers.forEach(tracker -> table.row(
                tracker.name(),
                tracker.kind(),
                tracker.enabled() ? "yes" : "no",
                TextTable.second(tracker.created()),
                labels(tracker)));
        return table;
    }

    /** The fields that every command about trackers shows. */
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

    /** The labels as a person writes them. */
    static String labels(Tracker tracker) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(tracker.labels())
                .forEach((name, value) -> text.append(text.isEmpty() ? "" : ", ")
                        .append(name)
                        .append('=')
                        .append(value));
        return text.isEmpty() ? "-" : text.toString();
    }
}
