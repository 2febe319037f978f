package org.trackerreports.tools.tracker;

import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.command.TrackerSelection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sets and takes away labels. */
@Command(
        name = "label",
        description = "Sets labels of trackers and takes labels away; the rest stays.",
        footer = {"", "Example: findmy tools trackers label Bike Van --set client=acme --remove colour"})
final class TrackersLabelCommand extends ToolCommand implements Callable<Integer> {

    private final TrackerChanges changes;

    @Mixin
    private TrackerSelection selection;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "A label to set; may be repeated.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--remove", paramLabel = "NAME", description = "A label to take away; may be repeated.")
    private List<String> remove = List.of();

    @Inject
    TrackersLabelCommand(CommandContext context, TrackerChanges changes) {
        super(context);
        this.changes = changes;
    }

    @Override
    public Integer call() throws CommandFailure {
        if (set.isEmpty() && remove.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "Say what to change: --set NAME=VALUE, --remove NAME, or several of them.");
        }
        int changed = changes.apply(
                selection,
                (trackers, tracker) -> trackers.changeLabels(tracker.id(), set, remove),
                () -> progress("trackers", 0));
        out().println(changed + " changed.");
        return ExitCode.DONE;
    }
}
