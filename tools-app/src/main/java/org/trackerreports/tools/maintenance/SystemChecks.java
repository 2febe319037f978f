package org.trackerreports.tools.maintenance;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.trackerreports.fetcher.config.Configuration;
import org.trackerreports.fetcher.config.Configuration.Origin;
import org.trackerreports.fetcher.wiring.Application;
import org.trackerreports.queue.QueueStatistics;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.store.Account;
import org.trackerreports.store.AccountState;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Schema;
import org.trackerreports.store.SchemaStatus;
import org.trackerreports.tools.text.Durations;

/** Checks of what is ours: configuration, database, Redis, accounts. */
final class SystemChecks {

    private static final Duration MUCH_OVERDUE = Duration.ofHours(12);

    private final Application application;

    SystemChecks(Application application) {
        this.application = application;
    }

    Finding configuration() {
        long set = application.get(Configuration.class).effective().stream()
                .filter(row -> row.origin() != Origin.DEFAULT)
                .count();
        return Finding.ok("valid; " + set + " options differ from their defaults");
    }

    Finding database() {
        SchemaStatus status = Schema.status(application.get(DataSource.class));
        String found = "PostgreSQL " + status.server() + ", PostGIS "
                + status.postgis().orElse("none")
                + ", TimescaleDB " + status.timescaledb().orElse("none") + ", schema "
                + (status.version().isEmpty() ? "none" : status.version());
        if (status.tooNew()) {
            return Finding.fail(found + ", which is newer than this program", "Run a newer version of the program.");
        }
        return status.current()
                ? Finding.ok(found)
                : Finding.fail(found + ", which is not this version's", "findmy tools db migrate");
    }

    Finding store() {
        ReportStore store = application.get(ReportStore.class);
        long enabled = store.history().counts(java.time.Instant.EPOCH).enabledTrackers();
        return enabled == 0
                ? Finding.warn("no tracker is enabled", "findmy tools trackers import FILE")
                : Finding.ok("the master key is right; " + enabled + " trackers are enabled");
    }

    Finding redis() {
        QueueStatistics queue = application.get(TrackerQueue.class).statistics();
        String found = queue.ids() + " trackers in the queue, " + queue.due() + " due, " + queue.workers() + " workers";
        if (queue.paused()) {
            return Finding.warn(found + "; everything is paused", "findmy tools queue resume --all");
        }
        if (queue.parked() > 0) {
            return Finding.warn(found + "; " + queue.parked() + " failed too often", "findmy tools queue status");
        }
        Duration overdue =
                queue.oldestOverdue().map(QueueStatistics.Overdue::by).orElse(Duration.ZERO);
        if (overdue.compareTo(MUCH_OVERDUE) > 0) {
            return Finding.warn(
                    found + "; one is overdue for " + Durations.text(overdue),
                    queue.workers() == 0 ? "findmy fetcher" : "findmy tools plan");
        }
        return Finding.ok(found);
    }

    Finding accounts() {
        List<Account> accounts = application.get(ReportStore.class).accounts().list();
        if (accounts.isEmpty()) {
            return Finding.fail("there is none", "findmy tools login --account main");
        }
        List<Account> away = accounts.stream()
                .filter(account -> account.state() != AccountState.READY)
                .toList();
        if (away.isEmpty()) {
            return Finding.ok(accounts.size() + " ready");
        }
        Account first = away.get(0);
        String found = first.alias() + ": "
                + first.state().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + first.lastError().map(error -> ", " + error).orElse("");
        String nextStep =
                switch (first.state()) {
                    case PAUSED -> "findmy tools accounts resume " + first.alias();
                    case COOLING_DOWN -> "Wait; it goes on by itself.";
                    case LOCKED -> "Unlock it at the service, then: findmy tools login --account " + first.alias();
                    default -> "findmy tools login --account " + first.alias();
                };
        return away.size() == accounts.size() && first.state() != AccountState.COOLING_DOWN
                ? Finding.fail(found, nextStep)
                : Finding.warn(found, nextStep);
    }
}
