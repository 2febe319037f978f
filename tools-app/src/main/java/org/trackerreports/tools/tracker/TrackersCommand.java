package org.trackerreports.tools.tracker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.history.FlagFilter;
import org.trackerreports.store.history.LatestPosition;
import org.trackerreports.store.report.ReportSelection;
import org.trackerreports.store.tracker.ChangeOutcome;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.store.tracker.Trackers;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.Installation;
import org.trackerreports.tools.command.InstallationCommand;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.command.NextStep;
import org.trackerreports.tools.command.TrackerNames;
import org.trackerreports.tools.command.TrackerSelection;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands of the trackers. */
@Command(
        name = "trackers",
        subcommands = {TrackersImportCommand.class, TrackersExportCommand.class})
public final class TrackersCommand extends InstallationCommand {

    @Inject
    TrackersCommand(CommandContext context, Installation installation) {
        super(context, installation);
    }

    @Command(name = "list")
    int list(
            @Option(names = "--label", paramLabel = "KEY=VALUE") @Nullable Map<String, String> given,
            @Mixin JsonOption json) {
        Map<String, String> labels = given == null ? Map.of() : given;
        List<Tracker> trackers = installation().store().trackers().list(labels);
        if (trackers.isEmpty()) {
            note(labels.isEmpty() ? NextStep.IMPORT : "No tracker has the label " + TrackerNames.labels(labels) + ".");
        }
        json.print(
                () -> Json.array()
                        .addAll(trackers.stream().map(TrackerFormat::json).toList()),
                () -> TrackerFormat.table(trackers));
        return trackers.isEmpty() ? ExitCode.NOTHING_FOUND : ExitCode.DONE;
    }

    @Command(name = "show")
    int show(@Parameters(paramLabel = "TRACKER", arity = "1..*") List<String> names, @Mixin JsonOption json)
            throws CommandFailure {
        ReportStore store = installation().store();
        ArrayNode array = Json.array();
        for (Tracker tracker : TrackerNames.trackers(store, names)) {
            List<String> keys = store.trackers().hashedKeys(tracker.id());
            Optional<LatestPosition> latest =
                    store.history().latest(List.of(tracker.id()), 0, FlagFilter.WITHOUT).stream()
                            .findFirst();
            if (json.json()) {
                array.add(TrackerFormat.detailsJson(tracker, keys, latest));
            } else {
                TrackerFormat.details(tracker, keys, latest, installation().now())
                        .print(out());
            }
        }
        if (json.json()) {
            Json.print(array, out());
        }
        return ExitCode.DONE;
    }

    @Command(name = "rename")
    int rename(
            @Parameters(index = "0", paramLabel = "TRACKER") String name,
            @Parameters(index = "1", paramLabel = "NEW-NAME") String newName)
            throws CommandFailure {
        ReportStore store = installation().store();
        Tracker tracker = TrackerNames.trackers(store, List.of(name)).get(0);
        requireChanged(name, store.trackers().rename(tracker.id(), newName));
        out().println("Tracker " + name + " is now called " + newName + ".");
        return ExitCode.DONE;
    }

    @Command(name = "label")
    int label(
            @Mixin TrackerSelection selection,
            @Option(names = "--set", paramLabel = "KEY=VALUE") @Nullable Map<String, String> set,
            @Option(names = "--remove", paramLabel = "KEY") @Nullable List<String> remove)
            throws CommandFailure {
        if (set == null && remove == null) {
            throw new CommandFailure(
                    ExitCode.USAGE, "Say what to change: --set KEY=VALUE, --remove KEY, or several of them.");
        }
        return change(
                selection,
                (trackers, tracker) -> trackers.changeLabels(
                        tracker.id(), set == null ? Map.of() : set, remove == null ? List.of() : remove),
                "changed");
    }

    @Command(name = "enable")
    int enable(@Mixin TrackerSelection selection) throws CommandFailure {
        return change(selection, (trackers, tracker) -> trackers.setEnabled(tracker.id(), true), "enabled");
    }

    @Command(name = "disable")
    int disable(@Mixin TrackerSelection selection) throws CommandFailure {
        return change(selection, (trackers, tracker) -> trackers.setEnabled(tracker.id(), false), "disabled");
    }

    @Command(name = "remove")
    int remove(
            @Mixin TrackerSelection selection,
            @Option(names = "--with-reports") boolean withReports,
            @Option(names = "--yes") boolean yes)
            throws CommandFailure {
        List<Tracker> trackers = selection.trackers();
        ReportStore store = installation().store();
        if (!yes) {
            trackers.forEach(tracker -> out().println("would remove " + tracker.name()
                    + (withReports ? " with its " : "; would keep its ") + reports(store, tracker) + " reports"));
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "Nothing was removed. The keys are removed with the tracker, so keep a copy of them (findmy tools"
                            + " trackers export); then add --yes.");
        }
        trackers.forEach(tracker -> store.trackers().remove(tracker.id(), withReports));
        out().println(trackers.size() + " removed" + (withReports ? " with their reports." : "; their reports stay."));
        return ExitCode.DONE;
    }

    private static long reports(ReportStore store, Tracker tracker) {
        ReportSelection every = ReportSelection.all(ReportSelection.Which.WITH_PAYLOAD);
        return store.reports()
                .count(new ReportSelection(every.which(), Set.of(tracker.id()), every.from(), every.to()));
    }

    private interface Change {
        ChangeOutcome apply(Trackers trackers, Tracker tracker);
    }

    /** Makes the same change to each of the selected trackers. If one cannot be changed, those before it were. */
    private int change(TrackerSelection selection, Change change, String done) throws CommandFailure {
        List<Tracker> trackers = selection.trackers();
        Trackers all = installation().store().trackers();
        int changed = 0;
        try (Progress progress = progress("trackers", trackers.size())) {
            for (Tracker tracker : trackers) {
                requireChanged(tracker.name(), change.apply(all, tracker));
                progress.done(++changed);
            }
        }
        out().println(changed + " " + done + ".");
        return ExitCode.DONE;
    }

    private static void requireChanged(String name, ChangeOutcome outcome) throws CommandFailure {
        switch (outcome.kind()) {
            case CHANGED -> {}
            case REFUSED ->
                throw new CommandFailure(
                        ExitCode.FAILED,
                        name + " was not changed: " + ((ChangeOutcome.Refused) outcome).reason() + ".");
            case UNKNOWN ->
                throw new CommandFailure(ExitCode.FAILED, name + " was removed by another program in the meantime.");
        }
    }
}
