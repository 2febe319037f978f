package org.trackerreports.tools.maintenance;

import javax.sql.DataSource;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.wiring.Application;
import org.trackerreports.store.migration.MigrationResult;
import org.trackerreports.store.migration.Schema;
import org.trackerreports.tools.command.ToolCommand;
import picocli.CommandLine.Command;

/** Brings the schema up to date. */
@Command(
        name = "migrate",
        description = "Brings the database's schema to this version's; waits while another instance does it.",
        footer = {"", "Example: findmy tools db migrate --db-host db.example.com"})
final class DatabaseMigrateCommand extends ToolCommand {

    @Override
    protected int run(Application application) {
        MigrationResult result = Schema.migrate(application.get(DataSource.class));
        result.notes().forEach(this::note);
        out().println("The schema has version " + result.version() + "; migrations applied: " + result.applied() + ".");
        return ExitCode.DONE;
    }
}
