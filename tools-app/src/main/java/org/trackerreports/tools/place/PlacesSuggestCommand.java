package org.trackerreports.tools.place;

import com.fasterxml.jackson.databind.node.ArrayNode;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.text.Durations;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.place.Place;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.ConfidenceOption;
import org.trackerreports.tools.command.Installation;
import org.trackerreports.tools.command.InstallationCommand;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.command.NextStep;
import org.trackerreports.tools.command.TimeRange;
import org.trackerreports.tools.command.TimeRange.Range;
import org.trackerreports.tools.command.TrackerSelection;
import org.trackerreports.tools.movement.StoredMovement;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.Progress;
import org.trackerreports.tools.text.Shell;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Suggests places where trackers stay often. It only suggests: whoever wants one types the command. */
@Command(name = "suggest")
final class PlacesSuggestCommand extends InstallationCommand implements Callable<Integer> {

    private static final Duration DEFAULT_AGE = Duration.ofDays(30);

    @Mixin
    private TrackerSelection selection;

    @Mixin
    private TimeRange time;

    @Mixin
    private ConfidenceOption confidence;

    @Mixin
    private JsonOption reading;

    @Inject
    PlacesSuggestCommand(CommandContext context, Installation installation) {
        super(context, installation);
    }

    private record Suggestion(String name, StayGroups.Group group) {

        String command() {
            return String.format(
                    Locale.ROOT,
                    "findmy tools places add %s --lat=%.7f --lon=%.7f --radius=%.0f",
                    Shell.word(name),
                    group.centre().latitude(),
                    group.centre().longitude(),
                    StayGroups.METRES);
        }
    }

    @Override
    public Integer call() throws CommandFailure {
        Range range = time.range(installation().now(), Optional.of(DEFAULT_AGE));
        // Says what is wrong with the zone.
        time.zone();
        int minConfidence = confidence.minimum();
        List<Tracker> trackers = selection.foundOrAll();
        ReportStore store = installation().store();
        List<Suggestion> suggestions = named(store, StayGroups.of(visits(store, trackers, range, minConfidence)));
        reading.print(() -> json(suggestions), () -> table(suggestions));
        if (!reading.json() && !suggestions.isEmpty()) {
            out().println("To add one, type its command; you can choose another name:");
            suggestions.forEach(each -> out().println(each.command()));
        }
        if (suggestions.isEmpty()) {
            note(
                    trackers.isEmpty()
                            ? NextStep.IMPORT
                            : "No tracker stayed twice at a spot that is no place yet, from " + range.from() + " to "
                                    + range.to() + ". Give an earlier --from.");
            return ExitCode.NOTHING_FOUND;
        }
        return ExitCode.DONE;
    }

    private List<StayGroups.Visit> visits(ReportStore store, List<Tracker> trackers, Range range, int minConfidence) {
        StoredMovement movement = new StoredMovement(store, minConfidence);
        List<StayGroups.Visit> visits = new ArrayList<>();
        int done = 0;
        try (Progress progress = progress("trackers", trackers.size())) {
            for (Tracker tracker : trackers) {
                movement.stays(tracker, range).stream()
                        .filter(stay -> stay.place().isEmpty())
                        .forEach(stay -> visits.add(new StayGroups.Visit(tracker.name(), stay)));
                progress.done(++done);
            }
        }
        return visits;
    }

    /** Names after the nearest city, with numbers where several are there. */
    private static List<Suggestion> named(ReportStore store, List<StayGroups.Group> groups) {
        Set<String> taken = new HashSet<>();
        store.places().list().stream().map(Place::name).forEach(taken::add);
        List<Suggestion> suggestions = new ArrayList<>();
        for (StayGroups.Group group : groups) {
            String city = group.nearestCity().orElse("Place");
            String name = city;
            for (int number = 2; !taken.add(name); number++) {
                name = city + " " + number;
            }
            suggestions.add(new Suggestion(name, group));
        }
        return suggestions;
    }

    private static ArrayNode json(List<Suggestion> suggestions) {
        ArrayNode array = Json.array();
        for (Suggestion each : suggestions) {
            ArrayNode trackers = array.addObject()
                    .put("name", each.name())
                    .put("lat", each.group().centre().latitude())
                    .put("lon", each.group().centre().longitude())
                    .put("radius_m", StayGroups.METRES)
                    .put("stays", each.group().stays())
                    .put("seconds", each.group().seconds())
                    .put("command", each.command())
                    .putArray("trackers");
            new TreeSet<>(each.group().trackers()).forEach(trackers::add);
        }
        return array;
    }

    private static TextTable table(List<Suggestion> suggestions) {
        TextTable table = new TextTable("SUGGESTED NAME", "LATITUDE", "LONGITUDE", "STAYS", "TOGETHER", "TRACKERS");
        suggestions.forEach(each -> table.row(
                each.name(),
                TextTable.degrees(each.group().centre().latitude()),
                TextTable.degrees(each.group().centre().longitude()),
                Integer.toString(each.group().stays()),
                Durations.text(Duration.ofSeconds(each.group().seconds())),
                String.join(", ", new TreeSet<>(each.group().trackers()))));
        return table;
    }
}
