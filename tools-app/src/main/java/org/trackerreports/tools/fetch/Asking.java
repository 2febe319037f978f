package org.trackerreports.tools.fetch;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.pipeline.DecodedReport;
import org.trackerreports.core.pipeline.FetchPlan;
import org.trackerreports.core.pipeline.FetchPlanner;
import org.trackerreports.core.pipeline.FetchTarget;
import org.trackerreports.core.pipeline.ReportDecoder;
import org.trackerreports.core.wiring.Application;
import org.trackerreports.findmy.fetch.ReportService;
import org.trackerreports.findmy.key.Accessory;
import org.trackerreports.findmy.keyfile.NamedKeys;
import org.trackerreports.findmy.login.AccountLogin;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.Terminal;
import org.trackerreports.tools.command.TrackerNames;
import org.trackerreports.tools.key.KeySources;

/** The question that a command puts to the service: for which trackers, by whom, and how it went. One use. */
final class Asking {

    private final Application application;
    private final AskOptions options;
    private final Terminal terminal;
    private final PrintWriter err;
    private final Consumer<String> notes;
    private final List<DecodedReport> reports = new ArrayList<>();
    private List<FetchTarget> targets = List.of();
    private int complaints;

    Asking(Application application, AskOptions options, Terminal terminal, PrintWriter err, Consumer<String> notes) {
        this.application = application;
        this.options = options;
        this.terminal = terminal;
        this.err = err;
        this.notes = notes;
    }

    /**
     * Finds the trackers.
     *
     * @param inDatabase whether they must be in the database, to store or to compare
     */
    Asking forTrackers(boolean inDatabase) throws CommandFailure {
        options.check();
        if (!options.names().isEmpty()) {
            targets = Targets.stored(TrackerNames.trackers(store(), options.names()), this::complain);
        } else {
            List<NamedKeys> keys = KeySources.require(options.keyFiles(), this::complain);
            if (inDatabase) {
                List<Tracker> trackers = Targets.imported(store(), keys);
                targets = Targets.stored(trackers, this::complain);
            } else {
                targets = Targets.loose(keys);
            }
        }
        return this;
    }

    private void complain(String problem) {
        complaints++;
        err.println(problem);
    }

    private ReportStore store() {
        return application.get(ReportStore.class);
    }

    private ReportSearch search() {
        FetchPlanner standard = application.get(FetchPlanner.class);
        FetchPlanner planner = options.lookBack()
                .map(history -> new FetchPlanner(standard.mostIds(), history))
                .orElse(standard);
        return new ReportSearch(
                planner, application.get(ReportDecoder.class), options.deep(), application.get(Clock.class), targets);
    }

    /** The requests that would be made if nothing were found. Asks nobody. */
    List<FetchPlan> preview() {
        ReportSearch search = search();
        List<FetchPlan> plans = new ArrayList<>();
        for (Optional<FetchPlan> plan = search.next(); plan.isPresent(); plan = search.next()) {
            plans.add(plan.get());
            search.skip(plan.get());
        }
        return plans;
    }

    /**
     * Asks.
     *
     * @param taker gets the reports of each request as they come
     * @return the exit code
     */
    int ask(ReportSearch.Taker taker) throws IOException, CommandFailure {
        ReportSearch search = search();
        Optional<FetchPlan> plan = search.next();
        if (plan.isEmpty()) {
            notes.accept("These trackers can have had no key within that time.");
            return complaints > 0 ? ExitCode.FAILED : ExitCode.NOTHING_FOUND;
        }
        Questions questions = new Questions(account(), options.patient(), notes);
        boolean answered = false;
        for (; plan.isPresent(); plan = search.next()) {
            try {
                search.ask(plan.get(), questions, found -> {
                    reports.addAll(found);
                    taker.take(found);
                });
                answered = true;
            } catch (CommandFailure e) {
                if (!answered) {
                    throw e;
                }
                err.println(e.getMessage() + " Not everything was asked for.");
                return ExitCode.PARTLY_FAILED;
            }
        }
        if (!options.deep()) {
            targets.forEach(target -> tellSilent(search, target));
        }
        if (complaints > 0) {
            return ExitCode.PARTLY_FAILED;
        }
        if (reports.isEmpty()) {
            notes.accept("The service has no report for these trackers now.");
            return ExitCode.NOTHING_FOUND;
        }
        return ExitCode.DONE;
    }

    private void tellSilent(ReportSearch search, FetchTarget target) {
        boolean silent = reports.stream().noneMatch(report -> report.target().trackerId() == target.trackerId());
        int more = search.parts(target) - 1;
        if (silent && more > 0 && target.keys() instanceof Accessory) {
            notes.accept(target.name()
                    + ": only its newest keys were asked for; --deep asks for the others, too, with up to " + more
                    + " more requests.");
        }
    }

    private AskingAccount account() throws IOException, CommandFailure {
        Optional<Path> file = options.sessionFile().file();
        if (file.isEmpty()) {
            return PooledAccount.choose(application, options.account());
        }
        Configuration configuration = application.get(Configuration.class);
        RequestLedger ledger = new RequestLedger(
                file.get().resolveSibling(file.get().getFileName() + ".requests"),
                configuration.get(Options.FETCH_INTERVAL),
                configuration.get(Options.MAX_REQUESTS_PER_DAY),
                application.get(Clock.class));
        return new SessionFileAccount(
                file.get(),
                options.sessionFile().open(configuration, terminal),
                ledger,
                application.get(AccountLogin.class),
                application.get(ReportService.class),
                notes);
    }
}
