package org.trackerreports.tools.maintenance;

import picocli.CommandLine.Command;

/** The database. */
@Command(
        name = "db",
        description = "Looks after the database.",
        footer = {"", "Example: findmy tools db status"},
        mixinStandardHelpOptions = true,
        subcommands = {
            DatabaseMigrateCommand.class,
            DatabaseStatusCommand.class,
            DatabaseAdoptCommand.class,
            RetentionCommand.class,
            RedecryptCommand.class,
            RotateKeyCommand.class
        })
public final class DatabaseCommand {}
