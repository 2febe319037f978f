package org.trackerreports.tools.movement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.text.Durations;
import org.trackerreports.movement.Trip;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.history.Clocks;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The ways of a tracker between its stays. */
@Command(name = "trips")
public final class TripsCommand extends ToolCommand implements Callable<Integer> {

    @Mixin
    private MovementSelection selection;

    @Mixin
    private JsonOption reading;

    @Inject
    TripsCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws CommandFailure {
        MovementSelection.Selected selected = selection.find();
        List<Trip> trips = selected.movement().trips(selected.tracker(), selected.range());
        reading.print(() -> json(trips), () -> table(trips, selected.clocks()));
        selected.notJudged().ifPresent(this::note);
        if (trips.isEmpty()) {
            note(selected.nothingFound("trip between two stays"));
            return ExitCode.NOTHING_FOUND;
        }
        return ExitCode.DONE;
    }

    private static ArrayNode json(List<Trip> trips) {
        ArrayNode array = Json.array();
        trips.forEach(trip -> array.addObject()
                .put("from", trip.from().toString())
                .put("to", trip.to().toString())
                .put("length_m", Math.round(trip.lengthMetres())));
        return array;
    }

    private static TextTable table(List<Trip> trips, Clocks clocks) {
        TextTable table = new TextTable(clocks.heading("FROM"), clocks.heading("TO"), "FOR", "AT LEAST", "REPORTS");
        trips.forEach(trip -> table.row(
                clocks.time(trip.from()),
                clocks.time(trip.to()),
                Durations.text(Duration.between(trip.from(), trip.to())),
                String.format(Locale.ROOT, "%.1f km", trip.lengthMetres() / 1_000),
                Integer.toString(trip.reports())));
        return table;
    }
}
