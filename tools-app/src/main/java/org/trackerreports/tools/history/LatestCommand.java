package org.trackerreports.tools.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.history.FlagFilter;
import org.trackerreports.store.history.LatestPosition;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.ConfidenceOption;
import org.trackerreports.tools.command.FlagsOption;
import org.trackerreports.tools.command.Installation;
import org.trackerreports.tools.command.InstallationCommand;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.command.LeftOut;
import org.trackerreports.tools.command.NextStep;
import org.trackerreports.tools.command.TrackerSelection;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows where trackers were last seen. */
@Command(name = "latest")
public final class LatestCommand extends InstallationCommand implements Callable<Integer> {

    @Mixin
    private TrackerSelection selection;

    @Mixin
    private ConfidenceOption confidence;

    @Mixin
    private FlagsOption flagsOption;

    @Mixin
    private JsonOption reading;

    @Inject
    LatestCommand(CommandContext context, Installation installation) {
        super(context, installation);
    }

    @Override
    public Integer call() throws CommandFailure {
        int minConfidence = confidence.minimum();
        List<Tracker> trackers = selection.foundOrAll();
        ReportStore store = installation().store();
        List<Long> ids = trackers.stream().map(Tracker::id).toList();
        FlagFilter flags = flagsOption.or(FlagFilter.WITHOUT);
        List<LatestPosition> positions = store.history().latest(ids, minConfidence, flags);
        if (trackers.isEmpty()) {
            note(selection.noneFound());
        } else {
            List<LatestPosition> all = store.history().latest(ids, 0, FlagFilter.WITH);
            if (all.isEmpty()) {
                note(NextStep.fetch(store, trackers));
            } else {
                tellWhatIsLeftOut(trackers.size(), positions, all, minConfidence, flags);
            }
        }
        reading.print(() -> json(positions), () -> table(positions));
        return positions.isEmpty() ? ExitCode.NOTHING_FOUND : ExitCode.DONE;
    }

    private void tellWhatIsLeftOut(
            int trackers, List<LatestPosition> shown, List<LatestPosition> all, int minConfidence, FlagFilter flags) {
        Map<Long, Instant> times =
                shown.stream().collect(Collectors.toMap(LatestPosition::trackerId, LatestPosition::timestamp));
        List<LatestPosition> newer = all.stream()
                .filter(each -> each.timestamp().isAfter(times.getOrDefault(each.trackerId(), Instant.MIN)))
                .toList();
        if (!newer.isEmpty()) {
            note(newer.size() + " of " + trackers + " trackers "
                    + (newer.size() == 1 ? "has" : "have") + " a newer position that is left out, "
                    + LeftOut.options(newer, minConfidence, flags) + " shows it.");
        }
        if (all.size() < trackers) {
            note(trackers - all.size() + " of " + trackers + " trackers "
                    + (trackers - all.size() == 1 ? "has" : "have")
                    + " no position yet. To see why: findmy tools explain TRACKER");
        }
    }

    private static ArrayNode json(List<LatestPosition> positions) {
        ArrayNode array = Json.array();
        positions.forEach(position -> put(array.addObject(), position));
        return array;
    }

    private static TextTable table(List<LatestPosition> positions) {
        TextTable table = new TextTable(
                "TRACKER", "TIME (UTC)", "LATITUDE", "LONGITUDE", "ACCURACY", "CONFIDENCE", "NEAREST CITY");
        positions.forEach(position -> table.row(
                position.trackerName(),
                TextTable.time(position.timestamp()),
                TextTable.degrees(position.latitude()),
                TextTable.degrees(position.longitude()),
                TextTable.metres(position.horizontalAccuracy()),
                Integer.toString(position.confidence()),
                HistoryTable.city(position.nearestCity(), position.flags())));
        return table;
    }

    private static void put(ObjectNode json, LatestPosition position) {
        json.put("tracker", position.trackerName())
                .put("event_time", position.timestamp().toString())
                .put("received_time", position.receivedAt().toString())
                .put("lat", position.latitude())
                .put("lon", position.longitude());
        position.horizontalAccuracy().ifPresent(metres -> json.put("accuracy_m", metres));
        json.put("confidence", position.confidence())
                .put("nearest_city", position.nearestCity().orElse(null));
        ArrayNode flags = json.putArray("flags");
        new TreeSet<>(position.flags()).forEach(flags::add);
    }
}
