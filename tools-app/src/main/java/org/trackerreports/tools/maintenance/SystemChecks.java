package org.trackerreports.tools.maintenance;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.trackerreports.core.config.Configuration.Origin;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.diagnosis.AccountNeed;
import org.trackerreports.core.embedded.DataDirectory;
import org.trackerreports.core.sink.KnownSinks;
import org.trackerreports.core.sink.SinkNeed;
import org.trackerreports.core.text.Durations;
import org.trackerreports.queue.QueueStatistics;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Schema;
import org.trackerreports.store.account.Account;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.store.schema.DatabaseProblem;
import org.trackerreports.store.schema.SchemaStatus;
import org.trackerreports.tools.command.AdvisedCommand;
import org.trackerreports.tools.command.Installation;
import org.trackerreports.tools.sink.SinkText;

/** Checks configuration, database, Redis and accounts. */
final class SystemChecks {

    private static final Duration MAX_OVERDUE = Duration.ofHours(12);

    private final Installation installation;
    private final Provider<KnownSinks> sinksProvider;
    private boolean databaseWorks;

    @Inject
    SystemChecks(Installation installation, Provider<KnownSinks> sinksProvider) {
        this.installation = installation;
        this.sinksProvider = sinksProvider;
    }

    Finding configuration() {
        long set = installation.configuration().effective().stream()
                .filter(row -> row.origin() != Origin.DEFAULT)
                .count();
        return Finding.ok("valid; " + set + " options differ from their defaults");
    }

    Finding database() {
        SchemaStatus status = schema();
        String found = "PostgreSQL " + status.server() + ", PostGIS "
                + status.postgis().orElse("none")
                + ", TimescaleDB " + status.timescaledb().orElse("none") + ", schema "
                + (status.version().isEmpty() ? "none" : status.version());
        if (status.tooNew()) {
            return Finding.fail(found + ", which is newer than this program", "Run a newer version of the program.");
        }
        databaseWorks = status.current();
        if (!databaseWorks) {
            return Finding.fail(found + ", which is not this version's", "findmy tools db migrate");
        }
        return status.problems().stream()
                .findFirst()
                .map(problem -> switch (problem.kind()) {
                    case LICENCE -> Finding.fail(found + "; " + problem.found(), problem.nextStep());
                    case JOB -> Finding.warn(found + "; " + all(status.problems()), problem.nextStep());
                })
                .orElse(Finding.ok(found));
    }

    /** Migrates the embedded database first, as every command does, because it belongs to this program. */
    private SchemaStatus schema() {
        SchemaStatus status = Schema.status(installation.database());
        boolean embedded = installation.configuration().find(Options.DB_HOST).isEmpty();
        if (status.current() || status.tooNew() || !embedded) {
            return status;
        }
        installation.store();
        return Schema.status(installation.database());
    }

    private static String all(List<DatabaseProblem> problems) {
        return problems.stream().map(DatabaseProblem::found).collect(Collectors.joining("; "));
    }

    /** A check that needs the database; it does not repeat a problem that the database's own check reports. */
    Callable<Finding> withDatabase(Callable<Finding> check) {
        return () -> databaseWorks
                ? check.call()
                : Finding.fail("not checked, because it needs the database", "Correct the database first.");
    }

    Finding store() {
        ReportStore store = installation.store();
        long enabled = store.history().counts(Instant.EPOCH).enabledTrackers();
        return enabled == 0
                ? Finding.warn("no tracker is enabled", "findmy tools trackers import FILE")
                : Finding.ok("the master key is right; " + enabled + " trackers are enabled");
    }

    Finding redis() {
        QueueStatistics queue = installation.queue().statistics();
        String found = queue.ids() + " trackers in the queue, " + queue.due() + " due, " + queue.workers() + " workers";
        if (queue.paused()) {
            return Finding.warn(found + "; everything is paused", "findmy tools queue resume --all");
        }
        if (queue.parked() > 0) {
            return Finding.warn(
                    found + "; " + queue.parked() + " are parked after too many failures", "findmy tools queue status");
        }
        if (queue.workers() == 0 && queue.ids() > 0) {
            return Finding.warn(found + "; no daemon is running", "findmy fetcher");
        }
        Duration overdue =
                queue.oldestOverdue().map(QueueStatistics.Overdue::by).orElse(Duration.ZERO);
        if (overdue.compareTo(MAX_OVERDUE) > 0) {
            return Finding.warn(found + "; one has been overdue for " + Durations.text(overdue), "findmy tools plan");
        }
        return Finding.ok(found);
    }

    /** Made after the checks that use the files, so that all of them were looked at. */
    Finding files() {
        Path path = installation.configuration().get(Options.DATA_DIR);
        if (!Files.exists(path)) {
            return Finding.ok("DATA_DIR " + path + " is not used");
        }
        DataDirectory directory = installation.directory();
        List<String> corrections = directory.corrections();
        return corrections.isEmpty()
                ? Finding.ok("only this user can read and change " + directory.path())
                : Finding.warn(
                        String.join(" ", corrections),
                        "If you do not trust these users: findmy tools db rotate-key, then sign in again.");
    }

    Finding accounts() {
        List<Account> accounts = installation.store().accounts().list();
        if (accounts.isEmpty()) {
            return Finding.fail("there is no account", "findmy tools login --account main");
        }
        Instant now = installation.now();
        List<Account> away = accounts.stream()
                .filter(account -> account.stateAt(now) != AccountState.READY)
                .toList();
        if (away.isEmpty()) {
            return Finding.ok(accounts.size() + " ready");
        }
        boolean allWait = away.size() == accounts.size()
                && away.stream().noneMatch(account -> account.stateAt(now) == AccountState.COOLING_DOWN);
        Account first = away.get(0);
        AccountNeed need = AccountNeed.of(first.alias(), first.stateAt(now), first.lastError());
        String nextStep = AdvisedCommand.of(need.advice());
        return allWait ? Finding.fail(need.sentence(), nextStep) : Finding.warn(need.sentence(), nextStep);
    }

    Finding sinks() throws IOException {
        List<SinkNeed> needs = sinksProvider.get().needs();
        if (needs.isEmpty()) {
            return Finding.ok("no sink needs anything");
        }
        String found = needs.stream().map(SinkText::found).collect(Collectors.joining("; "));
        String nextStep = needs.stream().map(SinkText::nextStep).distinct().collect(Collectors.joining("; "));
        return needs.stream().map(SinkNeed::kind).anyMatch(SinkNeed.Kind::wantsPerson)
                ? Finding.fail(found, nextStep)
                : Finding.warn(found, nextStep);
    }
}
