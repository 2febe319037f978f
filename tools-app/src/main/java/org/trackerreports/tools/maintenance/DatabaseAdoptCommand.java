package org.trackerreports.tools.maintenance;

import javax.sql.DataSource;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.wiring.Application;
import org.trackerreports.store.migration.MigrationResult;
import org.trackerreports.store.migration.Schema;
import org.trackerreports.store.migration.SchemaStatus;
import org.trackerreports.tools.command.ToolCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes up what the server has gained. */
@Command(
        name = "adopt",
        description = {
            "Carries the database over to PostGIS or TimescaleDB, when its server has gained them.",
            "Reports are kept; hours and days are made again from them, which takes a while. Stop the daemons before. Without"
                    + " --yes it only says what there is."
        },
        footer = {"", "Example: findmy tools db adopt --yes"})
final class DatabaseAdoptCommand extends ToolCommand {

    @Option(names = "--yes", description = "Does it.")
    private boolean yes;

    @Override
    protected int run(Application application) {
        DataSource database = application.get(DataSource.class);
        if (!yes) {
            Schema.requireCurrent(database);
            SchemaStatus status = Schema.status(database);
            out().println("The server has PostGIS: " + status.postgis().orElse("no") + ", TimescaleDB: "
                    + status.timescaledb().orElse("no") + ". Nothing was done; add --yes.");
            status.notes().forEach(this::note);
            return ExitCode.USAGE;
        }
        MigrationResult result = Schema.adopt(database);
        result.notes().forEach(this::note);
        out().println("Extensions adopted: " + result.applied() + ".");
        return ExitCode.DONE;
    }
}
