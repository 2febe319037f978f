package org.trackerreports.tools.tracker;

import picocli.CommandLine.Command;

/** The trackers. */
@Command(
        name = "trackers",
        description = "Looks after the trackers.",
        footer = {"", "Example: findmy tools trackers import Bike.keys"},
        mixinStandardHelpOptions = true,
        subcommands = {
            TrackersImportCommand.class,
            TrackersListCommand.class,
            TrackersShowCommand.class,
            TrackersRenameCommand.class,
            TrackersLabelCommand.class,
            TrackersEnableCommand.class,
            TrackersDisableCommand.class,
            TrackersRemoveCommand.class,
            TrackersExportCommand.class
        })
public final class TrackersCommand {}
