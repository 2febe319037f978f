package org.trackerreports.tools.maintenance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.Schema;
import org.trackerreports.store.schema.SchemaStatus;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What the database is like. */
@Command(
        name = "status",
        description = "Prints the schema's version, the server, its extensions and sizes. Changes nothing.",
        footer = {"", "Example: findmy tools db status --json"})
final class DatabaseStatusCommand extends ToolCommand implements Callable<Integer> {

    @Mixin
    private JsonOption reading;

    private final Provider<DataSource> databaseProvider;

    @Inject
    DatabaseStatusCommand(CommandContext context, Provider<DataSource> databaseProvider) {
        super(context);
        this.databaseProvider = databaseProvider;
    }

    @Override
    public Integer call() {
        SchemaStatus status = Schema.status(databaseProvider.get());
        reading.print(out(), () -> json(status), () -> table(status));
        status.notes().forEach(this::note);
        if (!status.current()) {
            err().println(
                            status.tooNew()
                                    ? "The database is newer than this program; run a newer version of the program."
                                    : "The schema is not this version's; run: findmy tools db migrate");
            return ExitCode.CONFIGURATION;
        }
        return ExitCode.DONE;
    }

    private static ObjectNode json(SchemaStatus status) {
        ObjectNode json = Json.object()
                .put("schema", status.version())
                .put("current", status.current())
                .put("pending_migrations", status.pending())
                .put("server", status.server())
                .put("postgis", status.postgis().orElse(null))
                .put("timescaledb", status.timescaledb().orElse(null))
                .put("database_bytes", status.databaseBytes());
        ObjectNode tables = json.putObject("table_bytes");
        new TreeMap<>(status.tableBytes()).forEach(tables::put);
        return json;
    }

    private static TextTable table(SchemaStatus status) {
        TextTable table = new TextTable("WHAT", "NOW");
        table.row("schema", status.version().isEmpty() ? "none" : status.version());
        table.row("pending migrations", Integer.toString(status.pending()));
        table.row("PostgreSQL", status.server());
        table.row("PostGIS", status.postgis().orElse("-"));
        table.row("TimescaleDB", status.timescaledb().orElse("-"));
        table.row("database", megabytes(status.databaseBytes()));
        new TreeMap<>(status.tableBytes()).forEach((name, bytes) -> table.row(name, megabytes(bytes)));
        return table;
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
