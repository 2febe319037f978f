package org.trackerreports.tools.movement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.text.Durations;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.history.Clocks;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Where a tracker stayed. */
@Command(name = "stays")
public final class StaysCommand extends ToolCommand implements Callable<Integer> {

    @Mixin
    private MovementSelection selection;

    @Mixin
    private JsonOption reading;

    @Inject
    StaysCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws CommandFailure {
        MovementSelection.Selected selected = selection.find();
        List<TrackerStay> stays = selected.movement().stays(selected.tracker(), selected.range());
        reading.print(() -> json(stays), () -> table(stays, selected.clocks()));
        selected.notJudged().ifPresent(this::note);
        if (stays.isEmpty()) {
            note(selected.nothingFound("stay"));
            return ExitCode.NOTHING_FOUND;
        }
        return ExitCode.DONE;
    }

    private static ArrayNode json(List<TrackerStay> stays) {
        ArrayNode array = Json.array();
        for (TrackerStay stay : stays) {
            array.addObject()
                    .put("from", stay.from().toString())
                    .put("to", stay.to().toString())
                    .put("lat", stay.latitude())
                    .put("lon", stay.longitude())
                    .put("certain_seconds", stay.stay().certainSeconds())
                    .put("assumed", stay.isAssumed())
                    .put("place", stay.place().orElse(null))
                    .put("nearest_city", stay.nearestCity().orElse(null))
                    .put("reports", stay.stay().reports());
        }
        return array;
    }

    private static TextTable table(List<TrackerStay> stays, Clocks clocks) {
        TextTable table = new TextTable(
                clocks.heading("FROM"),
                clocks.heading("TO"),
                "FOR",
                "PLACE",
                "NEAREST CITY",
                "LATITUDE",
                "LONGITUDE",
                "REPORTS",
                "REMARK");
        for (TrackerStay stay : stays) {
            Duration assumed = stay.stay().duration().minusSeconds(stay.stay().certainSeconds());
            table.row(
                    clocks.time(stay.from()),
                    clocks.time(stay.to()),
                    Durations.text(stay.stay().duration()),
                    stay.place().orElse("-"),
                    stay.nearestCity().orElse("-"),
                    TextTable.degrees(stay.latitude()),
                    TextTable.degrees(stay.longitude()),
                    Integer.toString(stay.stay().reports()),
                    stay.isAssumed() ? Durations.text(assumed) + " of it assumed" : "-");
        }
        return table;
    }
}
