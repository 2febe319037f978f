package org.trackerreports.tools.tracker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import org.trackerreports.fetcher.ExitCode;
import org.trackerreports.fetcher.wiring.Application;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Tracker;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The trackers. */
@Command(
        name = "trackers",
        description = "Looks after the trackers.",
        mixinStandardHelpOptions = true,
        subcommands = {TrackersImportCommand.class, TrackersCommand.ListCommand.class})
public final class TrackersCommand {

    /** All of them. */
    @Command(
            name = "list",
            description = "Lists the trackers.",
            footer = {"", "Example: findmy tools trackers list --json"})
    static final class ListCommand extends ToolCommand {

        @Option(names = "--json", description = "JSON instead of a table.")
        private boolean json;

        @Override
        protected int run(Application application) {
            List<Tracker> trackers =
                    application.get(ReportStore.class).trackers().list();
            if (trackers.isEmpty()) {
                err().println("There is no tracker yet. Import some: findmy tools trackers import FILE");
            }
            TextTable table = new TextTable("TRACKER", "KIND", "ENABLED", "ADDED (UTC)");
            ArrayNode array = Json.array();
            for (Tracker tracker : trackers) {
                table.row(
                        tracker.name(),
                        tracker.kind(),
                        tracker.enabled() ? "yes" : "no",
                        tracker.created().toString().substring(0, 16).replace('T', ' '));
                array.addObject()
                        .put("tracker", tracker.name())
                        .put("kind", tracker.kind())
                        .put("enabled", tracker.enabled())
                        .put("added_time", tracker.created().toString());
            }
            if (json) {
                Json.print(array, out());
            } else if (!trackers.isEmpty()) {
                table.print(out());
            }
            return trackers.isEmpty() ? ExitCode.NOTHING_FOUND : ExitCode.DONE;
        }
    }
}
