package org.trackerreports.tools.movement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.place.Place;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.Installation;
import org.trackerreports.tools.command.InstallationCommand;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.command.NotJudged;
import org.trackerreports.tools.command.PlaceNames;
import org.trackerreports.tools.command.TimeRange;
import org.trackerreports.tools.command.TimeRange.Range;
import org.trackerreports.tools.command.TrackerSelection;
import org.trackerreports.tools.history.Clocks;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** When trackers entered and left places. */
@Command(name = "transitions")
public final class TransitionsCommand extends InstallationCommand implements Callable<Integer> {

    private static final Duration DEFAULT_AGE = Duration.ofDays(7);

    @Mixin
    private TrackerSelection selection;

    @Option(names = "--place", paramLabel = "NAME")
    private @Nullable String place;

    @Mixin
    private TimeRange time;

    @Option(names = "--withdrawn")
    private boolean withdrawn;

    @Mixin
    private JsonOption reading;

    @Inject
    TransitionsCommand(CommandContext context, Installation installation) {
        super(context, installation);
    }

    @Override
    public Integer call() throws CommandFailure {
        Range range = time.range(installation().now(), Optional.of(DEFAULT_AGE));
        Clocks clocks = new Clocks(time.zone());
        List<Tracker> trackers = selection.foundOrAll();
        ReportStore store = installation().store();
        List<Place> places = place == null ? store.places().list() : List.of(PlaceNames.place(store, place));
        List<NamedTransition> found = new StoredTransitions(store, places).of(trackers, range, withdrawn);
        reading.print(() -> json(found), () -> table(found, clocks));
        NotJudged.note(store.judging().backlog()).ifPresent(this::note);
        if (found.isEmpty()) {
            note(nothingFound(trackers, places, range));
            return ExitCode.NOTHING_FOUND;
        }
        return ExitCode.DONE;
    }

    private String nothingFound(List<Tracker> trackers, List<Place> places, Range range) {
        if (trackers.isEmpty()) {
            return selection.noneFound();
        }
        return places.isEmpty()
                ? PlaceNames.ADD
                : "No place was entered or left from " + range.from() + " to " + range.to()
                        + ". Give an earlier --from or a later --to.";
    }

    private ArrayNode json(List<NamedTransition> transitions) {
        ArrayNode array = Json.array();
        for (NamedTransition each : transitions) {
            ObjectNode json = array.addObject()
                    .put("id", each.transition().id().toString())
                    .put("revision", each.transition().revision())
                    .put("tracker", each.tracker())
                    .put("place", each.place())
                    .put("direction", each.transition().direction().text())
                    .put("event_time", each.transition().eventTime().toString())
                    .put("decided_time", each.transition().decidedTime().toString())
                    .put("late", each.transition().late());
            if (withdrawn) {
                json.put("withdrawn", each.transition().withdrawn());
            }
        }
        return array;
    }

    private static TextTable table(List<NamedTransition> transitions, Clocks clocks) {
        TextTable table =
                new TextTable(clocks.heading("TIME"), "TRACKER", "DID", "PLACE", clocks.heading("DECIDED"), "REMARK");
        transitions.forEach(each -> table.row(
                clocks.time(each.transition().eventTime()),
                each.tracker(),
                each.transition().direction().text(),
                each.place(),
                clocks.time(each.transition().decidedTime()),
                each.transition().withdrawn() ? "withdrawn" : each.transition().late() ? "late" : "-"));
        return table;
    }
}
