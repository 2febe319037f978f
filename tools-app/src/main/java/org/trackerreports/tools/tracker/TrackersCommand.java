package org.trackerreports.tools.tracker;

import jakarta.inject.Inject;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.command.TrackerSelection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The commands of the trackers; those that only switch them on and off are the methods. */
@Command(
        name = "trackers",
        description = "Imports, shows and changes trackers.",
        footer = {"", "Example: findmy tools trackers import Bike.keys"},
        subcommands = {
            TrackersImportCommand.class,
            TrackersListCommand.class,
            TrackersShowCommand.class,
            TrackersRenameCommand.class,
            TrackersLabelCommand.class,
            TrackersRemoveCommand.class,
            TrackersExportCommand.class
        })
public final class TrackersCommand extends ToolCommand {

    private final TrackerChanges changes;

    @Inject
    TrackersCommand(CommandContext context, TrackerChanges changes) {
        super(context);
        this.changes = changes;
    }

    @Command(
            name = "enable",
            description = "Resumes fetching the reports of disabled trackers.",
            footer = {"", "Example: findmy tools trackers enable Bike"},
            mixinStandardHelpOptions = true)
    int enable(@Mixin TrackerSelection selection) throws CommandFailure {
        return setEnabled(selection, true);
    }

    @Command(
            name = "disable",
            description = "Stops fetching the reports of trackers; their stored reports are kept.",
            footer = {"", "Example: findmy tools trackers disable Bike"},
            mixinStandardHelpOptions = true)
    int disable(@Mixin TrackerSelection selection) throws CommandFailure {
        return setEnabled(selection, false);
    }

    private int setEnabled(TrackerSelection selection, boolean enabled) throws CommandFailure {
        int changed = changes.apply(
                selection,
                (trackers, tracker) -> trackers.setEnabled(tracker.id(), enabled),
                () -> progress("trackers", 0));
        out().println(changed + (enabled ? " enabled." : " disabled."));
        return ExitCode.DONE;
    }
}
