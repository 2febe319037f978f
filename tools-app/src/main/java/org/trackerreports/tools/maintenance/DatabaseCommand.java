package org.trackerreports.tools.maintenance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.text.Durations;
import org.trackerreports.store.Schema;
import org.trackerreports.store.movement.JudgingBacklog;
import org.trackerreports.store.schema.Capabilities;
import org.trackerreports.store.schema.MigrationResult;
import org.trackerreports.store.schema.SchemaStatus;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.Installation;
import org.trackerreports.tools.command.InstallationCommand;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.command.NotJudged;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The commands of the database. */
@Command(
        name = "db",
        subcommands = {
            RetentionCommand.class,
            RedecryptCommand.class,
            RotateKeyCommand.class,
            JudgeCommand.class,
            GrantCommand.class
        })
public final class DatabaseCommand extends InstallationCommand {

    @Inject
    DatabaseCommand(CommandContext context, Installation installation) {
        super(context, installation);
    }

    @Command(name = "status")
    int status(@Mixin JsonOption json) {
        SchemaStatus status = Schema.status(installation().database());
        Optional<JudgingBacklog> backlog = status.current() ? Optional.of(backlog()) : Optional.empty();
        json.print(() -> json(status, backlog), () -> table(status, backlog));
        status.notes().forEach(this::note);
        printProblems(status);
        backlog.flatMap(NotJudged::note).ifPresent(this::note);
        if (status.current()) {
            return ExitCode.DONE;
        }
        err().println(
                        status.tooNew()
                                ? "The database is newer than this program; run a newer version of the program."
                                : "The schema is not this version's; run: findmy tools db migrate");
        return ExitCode.CONFIGURATION;
    }

    @Command(name = "migrate")
    int migrate() {
        MigrationResult result = Schema.migrate(installation().database());
        result.notes().forEach(this::note);
        out().println("The schema has version " + result.version() + "; migrations applied: " + result.applied() + ".");
        NotJudged.note(backlog()).ifPresent(this::note);
        return ExitCode.DONE;
    }

    @Command(name = "adopt")
    int adopt(@Option(names = "--yes") boolean yes) {
        DataSource database = installation().database();
        if (!yes) {
            Schema.requireCurrent(database);
            SchemaStatus status = Schema.status(database);
            out().println("The server has PostGIS: " + status.postgis().orElse("no") + ", TimescaleDB: "
                    + status.timescaledb().orElse("no") + ". Nothing was changed; add --yes.");
            status.notes().forEach(this::note);
            printProblems(status);
            return ExitCode.USAGE;
        }
        boolean aggregates = Schema.status(database)
                .capabilities()
                .filter(Capabilities::timescaledb)
                .isPresent();
        MigrationResult result =
                Schema.upgradeExtensions(database, installation().clock());
        result.notes().forEach(this::note);
        out().println("Extensions adopted: " + result.applied() + "."
                + (aggregates && !result.capabilities().timescaledb()
                        ? " Reports, hours and days are in ordinary tables now."
                        : ""));
        return ExitCode.DONE;
    }

    private JudgingBacklog backlog() {
        return Schema.backlog(installation().database(), installation().clock());
    }

    private void printProblems(SchemaStatus status) {
        status.problems().forEach(problem -> err().println(problem.found() + ". " + problem.nextStep()));
    }

    private static ObjectNode json(SchemaStatus status, Optional<JudgingBacklog> backlog) {
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
        json.put("feed_lag_events", backlog.map(each -> each.lag().events()).orElse(null));
        json.put(
                "feed_lag_seconds",
                backlog.map(each -> each.lag().age().toSeconds()).orElse(null));
        json.put("trackers_to_judge", backlog.map(JudgingBacklog::storedBefore).orElse(null));
        json.put("judging", backlog.map(JudgingBacklog::judged).orElse(null));
        ArrayNode problems = json.putArray("problems");
        status.problems()
                .forEach(problem ->
                        problems.addObject().put("found", problem.found()).put("next_step", problem.nextStep()));
        return json;
    }

    private static TextTable table(SchemaStatus status, Optional<JudgingBacklog> backlog) {
        TextTable table = new TextTable("WHAT", "NOW");
        table.row("schema", status.version().isEmpty() ? "none" : status.version());
        table.row("pending migrations", Integer.toString(status.pending()));
        table.row("PostgreSQL", status.server());
        table.row("PostGIS", status.postgis().orElse("-"));
        table.row("TimescaleDB", status.timescaledb().orElse("-"));
        table.row("database", megabytes(status.databaseBytes()));
        new TreeMap<>(status.tableBytes()).forEach((name, bytes) -> table.row(name, megabytes(bytes)));
        backlog.ifPresent(each -> {
            table.row("a process judges", each.judged() ? "yes" : "no");
            table.row(
                    "changes to judge",
                    each.lag().events() == 0
                            ? "0"
                            : each.lag().events() + ", the oldest "
                                    + Durations.text(each.lag().age()) + " old");
            table.row("trackers to judge from before", Long.toString(each.storedBefore()));
        });
        return table;
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
