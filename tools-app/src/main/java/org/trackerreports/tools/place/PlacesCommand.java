package org.trackerreports.tools.place;

import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.movement.PlaceAreas;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.place.Area;
import org.trackerreports.store.place.NewPlace;
import org.trackerreports.store.place.Place;
import org.trackerreports.store.place.PlaceOutcome;
import org.trackerreports.store.place.TransitionQuery;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.Installation;
import org.trackerreports.tools.command.InstallationCommand;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.command.NotJudged;
import org.trackerreports.tools.command.PlaceNames;
import org.trackerreports.tools.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands of places. */
@Command(
        name = "places",
        subcommands = {PlacesImportCommand.class, PlacesExportCommand.class, PlacesSuggestCommand.class})
public final class PlacesCommand extends InstallationCommand {

    private static final Instant BEGINNING = Instant.parse("2001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2200-01-01T00:00:00Z");

    @Inject
    PlacesCommand(CommandContext context, Installation installation) {
        super(context, installation);
    }

    @Command(name = "list")
    int list(@Mixin JsonOption json) {
        List<Place> places = installation().store().places().list();
        if (places.isEmpty()) {
            note(PlaceNames.ADD + "; or look what fits: findmy tools places suggest");
        }
        json.print(
                () -> Json.array().addAll(places.stream().map(PlaceFormat::json).toList()),
                () -> PlaceFormat.table(places));
        return places.isEmpty() ? ExitCode.NOTHING_FOUND : ExitCode.DONE;
    }

    @Command(name = "show")
    int show(@Parameters(paramLabel = "NAME") String name, @Mixin JsonOption json) throws CommandFailure {
        Place place = PlaceNames.place(installation().store(), name);
        json.print(() -> PlaceFormat.json(place), () -> PlaceFormat.details(place));
        return ExitCode.DONE;
    }

    @Command(name = "add")
    int add(@Parameters(paramLabel = "NAME") String name, @Mixin PlaceOptions options) throws CommandFailure {
        if (!options.saysWhereCompletely()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "Where is it? Give all of --lat, --lon and --radius, for example --lat=52.5 --lon=13.4 --radius=100;"
                            + " for another shape: findmy tools places import FILE");
        }
        NewPlace place = options.newPlace(name);
        require(place);
        ReportStore store = installation().store();
        requireStored(name, "added", store.places().add(place));
        out().println("Place " + name + " was added.");
        tellWhoJudges(store);
        return ExitCode.DONE;
    }

    @Command(name = "edit")
    int edit(
            @Parameters(paramLabel = "NAME") String name,
            @Mixin PlaceOptions options,
            @Option(names = "--all-trackers") boolean allTrackers,
            @Option(names = "--alert") boolean alert,
            @Option(names = "--new-name", paramLabel = "NAME") @Nullable String newName)
            throws CommandFailure {
        if (options.isEmpty() && !allTrackers && !alert && newName == null) {
            throw new CommandFailure(ExitCode.USAGE, "Say what to change, for example --radius=200.");
        }
        if (allTrackers && options.givesLabels()) {
            throw new CommandFailure(ExitCode.USAGE, "Give only one of: --label, --all-trackers.");
        }
        if (alert && options.isWithoutAlert()) {
            throw new CommandFailure(ExitCode.USAGE, "Give only one of: --alert, --no-alert.");
        }
        options.check();
        ReportStore store = installation().store();
        Place place = PlaceNames.place(store, name);
        if (place.content().area() instanceof Area.Polygon && options.saysWhere() && !options.saysWhereCompletely()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    name + " is a polygon; to make it a circle, give all of --lat, --lon and --radius.");
        }
        NewPlace changed = options.changed(place.content());
        NewPlace wanted = new NewPlace(
                newName == null ? changed.name() : newName,
                changed.area(),
                allTrackers ? Map.of() : changed.labels(),
                changed.confirm(),
                changed.dwell(),
                changed.maxLag(),
                alert || changed.alert());
        require(wanted);
        requireStored(name, "changed", store.places().change(place.id(), wanted));
        out().println("Place " + name
                + " was changed. Its transitions are computed again, and nobody is told of them.");
        tellWhoJudges(store);
        return ExitCode.DONE;
    }

    @Command(name = "remove")
    int remove(@Parameters(paramLabel = "NAME") String name, @Option(names = "--yes") boolean yes)
            throws CommandFailure {
        ReportStore store = installation().store();
        Place place = PlaceNames.place(store, name);
        if (!yes) {
            int transitions = store.places()
                    .transitions(new TransitionQuery(Set.of(), Set.of(place.id()), BEGINNING, END, true))
                    .size();
            out().println("would remove " + name + " with its " + transitions + " transitions");
            throw new CommandFailure(ExitCode.USAGE, "Nothing was removed; add --yes.");
        }
        if (!store.places().remove(place.id())) {
            throw new CommandFailure(ExitCode.FAILED, name + " was removed by another program in the meantime.");
        }
        out().println("Place " + name + " was removed with its transitions.");
        return ExitCode.DONE;
    }

    private static void require(NewPlace place) throws CommandFailure {
        try {
            PlaceAreas.of(0, place);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "Nothing was stored: " + e.getMessage() + ".");
        }
    }

    private static void requireStored(String name, String what, PlaceOutcome outcome) throws CommandFailure {
        switch (outcome.kind()) {
            case STORED -> {}
            case REFUSED ->
                throw new CommandFailure(
                        ExitCode.FAILED,
                        name + " was not " + what + ": " + ((PlaceOutcome.Refused) outcome).reason() + ".");
            case UNKNOWN ->
                throw new CommandFailure(ExitCode.FAILED, name + " was removed by another program in the meantime.");
        }
    }

    private void tellWhoJudges(ReportStore store) {
        NotJudged.note(store.judging().backlog()).ifPresent(this::note);
    }
}
