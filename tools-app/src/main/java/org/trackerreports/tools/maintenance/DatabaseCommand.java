package org.trackerreports.tools.maintenance;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Clock;
import javax.sql.DataSource;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.Schema;
import org.trackerreports.store.schema.MigrationResult;
import org.trackerreports.store.schema.SchemaStatus;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.ToolCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands of the database; those that change its schema are the methods. */
@Command(
        name = "db",
        description = "Maintains the database.",
        footer = {"", "Example: findmy tools db status"},
        subcommands = {
            DatabaseStatusCommand.class,
            RetentionCommand.class,
            RedecryptCommand.class,
            RotateKeyCommand.class
        })
public final class DatabaseCommand extends ToolCommand {

    private final Provider<DataSource> databaseProvider;
    private final Clock clock;

    @Inject
    DatabaseCommand(CommandContext context, Provider<DataSource> databaseProvider, Clock clock) {
        super(context);
        this.databaseProvider = databaseProvider;
        this.clock = clock;
    }

    @Command(
            name = "migrate",
            description = "Updates the database's schema to this version; waits while another instance does so.",
            footer = {"", "Example: findmy tools db migrate --db-host db.example.com"},
            mixinStandardHelpOptions = true)
    int migrate() {
        MigrationResult result = Schema.migrate(databaseProvider.get());
        result.notes().forEach(this::note);
        out().println("The schema has version " + result.version() + "; migrations applied: " + result.applied() + ".");
        return ExitCode.DONE;
    }

    @Command(
            name = "adopt",
            description = {
                "Moves the database to PostGIS or TimescaleDB after its server got them.",
                "Reports are kept. Hours and days are computed again, which takes a while. Stop the daemons first."
                        + " Without --yes it only shows what the server has."
            },
            footer = {"", "Example: findmy tools db adopt --yes"},
            mixinStandardHelpOptions = true)
    int adopt(@Option(names = "--yes", description = "Moves it.") boolean yes) {
        DataSource database = databaseProvider.get();
        if (!yes) {
            Schema.requireCurrent(database);
            SchemaStatus status = Schema.status(database);
            out().println("The server has PostGIS: " + status.postgis().orElse("no") + ", TimescaleDB: "
                    + status.timescaledb().orElse("no") + ". Nothing was changed; add --yes.");
            status.notes().forEach(this::note);
            return ExitCode.USAGE;
        }
        MigrationResult result = Schema.upgradeExtensions(database, clock);
        result.notes().forEach(this::note);
        out().println("Extensions adopted: " + result.applied() + ".");
        return ExitCode.DONE;
    }
}
