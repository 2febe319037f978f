package org.trackerreports.tools.fetch;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.trackerreports.core.account.FetchRequest;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.RequestRate;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.lifecycle.StopSignal;
import org.trackerreports.core.pipeline.DecodedReport;
import org.trackerreports.core.pipeline.FetchTarget;
import org.trackerreports.core.text.Durations;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.FetchOutcome.Answered;
import org.trackerreports.findmy.fetch.FetchOutcome.HeldBack;
import org.trackerreports.findmy.fetch.FetchPlan;
import org.trackerreports.findmy.fetch.RequestPlanner;
import org.trackerreports.findmy.keyfile.NamedKeys;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.Terminal;
import org.trackerreports.tools.command.TrackerSelection;
import org.trackerreports.tools.key.KeySources;

/** Makes the requests for the trackers of a command, with the account that it names. For one use. */
final class FetchSession {

    private final FetchParts parts;
    private final FetchOptions options;
    private final Terminal terminal;
    private final PrintWriter err;
    private final Consumer<String> notes;
    private final StopSignal stop = new StopSignal();
    private List<FetchTarget> targets = List.of();
    private int complaints;

    FetchSession(FetchParts parts, FetchOptions options, Terminal terminal, PrintWriter err, Consumer<String> notes) {
        this.parts = parts;
        this.options = options;
        this.terminal = terminal;
        this.err = err;
        this.notes = notes;
    }

    /**
     * Finds the trackers.
     *
     * @param inDatabase whether the trackers must be in the database, to store or compare their reports
     */
    FetchSession forTrackers(boolean inDatabase) throws CommandFailure {
        options.check();
        if (options.trackers().isGiven()) {
            targets = Targets.stored(enabled(options.trackers()), this::complain);
        } else {
            List<NamedKeys> keys = KeySources.require(options.keyFiles(), options.codes(), terminal, this::complain);
            if (inDatabase) {
                List<Tracker> trackers = Targets.imported(store(), keys);
                targets = Targets.stored(trackers, this::complain);
            } else {
                targets = Targets.loose(keys);
            }
        }
        return this;
    }

    /** A disabled tracker is asked for only by its name. */
    private List<Tracker> enabled(TrackerSelection selection) throws CommandFailure {
        List<Tracker> trackers = selection.trackers();
        if (selection.isByName()) {
            return trackers;
        }
        List<Tracker> enabled = trackers.stream().filter(Tracker::enabled).toList();
        int disabled = trackers.size() - enabled.size();
        if (disabled > 0) {
            notes.accept(disabled + " disabled " + (disabled == 1 ? "tracker" : "trackers")
                    + " left out; findmy tools trackers enable, or its name, requests it.");
        }
        return enabled;
    }

    private void complain(String problem) {
        complaints++;
        err.println(problem);
    }

    private ReportStore store() {
        return parts.store().get();
    }

    private ReportSearch search() {
        RequestPlanner standard = parts.planner().get();
        RequestPlanner planner = options.lookBack()
                .map(history -> new RequestPlanner(standard.maxIds(), history))
                .orElse(standard);
        return new ReportSearch(
                planner, parts.decoder().get(), options.deep(), parts.clock().instant(), targets);
    }

    /** The requests that would be made if nothing were found. Sends none. */
    List<FetchPlan<FetchTarget>> preview() {
        ReportSearch search = search();
        List<FetchPlan<FetchTarget>> plans = new ArrayList<>();
        for (Optional<FetchPlan<FetchTarget>> plan = search.next(); plan.isPresent(); plan = search.next()) {
            plans.add(plan.get());
            search.skip(plan.get());
        }
        return plans;
    }

    /**
     * Makes the requests.
     *
     * @param taker receives the reports of each request
     * @return the exit code
     */
    int ask(Consumer<List<DecodedReport>> taker) throws IOException, CommandFailure {
        ReportSearch search = search();
        Optional<FetchPlan<FetchTarget>> plan = search.next();
        if (plan.isEmpty()) {
            notes.accept("These trackers had no key within that time.");
            return complaints > 0 ? ExitCode.FAILED : ExitCode.NOTHING_FOUND;
        }
        RequestAccount account = account();
        boolean answered = false;
        boolean found = false;
        for (; plan.isPresent(); plan = search.next()) {
            Answered answer;
            try {
                answer = answer(account, FetchRequest.of(plan.get()));
            } catch (CommandFailure e) {
                if (!answered) {
                    throw e;
                }
                err.println(e.getMessage() + " Some trackers were not requested.");
                return ExitCode.PARTLY_FAILED;
            }
            answered = true;
            List<DecodedReport> reports = search.take(plan.get(), answer);
            found |= !reports.isEmpty();
            taker.accept(reports);
        }
        targets.forEach(target -> suggestDeep(target, search.notAskedFor(target)));
        if (complaints > 0) {
            return ExitCode.PARTLY_FAILED;
        }
        if (!found) {
            notes.accept("The service has no report for these trackers now.");
            return ExitCode.NOTHING_FOUND;
        }
        return ExitCode.DONE;
    }

    private void suggestDeep(FetchTarget target, int requests) {
        if (requests > 0) {
            notes.accept(target.name()
                    + ": only its newest keys were requested; --deep also requests the others, with up to " + requests
                    + " more requests.");
        }
    }

    /** Makes a request; waits for the budget if the options say so. */
    private Answered answer(RequestAccount account, FetchRequest request) throws IOException, CommandFailure {
        FetchOutcome outcome = account.ask(request);
        while (outcome instanceof HeldBack heldBack) {
            String wait = Durations.text(heldBack.retryAfter().plusSeconds(1));
            if (!options.patient()) {
                throw new CommandFailure(
                        ExitCode.UNAVAILABLE,
                        account.title() + " may ask again in " + wait + "; try then, or add --wait.");
            }
            notes.accept("Waiting " + wait + " until " + account.title() + " may ask again.");
            if (!stop.pause(heldBack.retryAfter())) {
                throw new CommandFailure(ExitCode.INTERRUPTED, "Interrupted.");
            }
            outcome = account.ask(request);
        }
        if (outcome.answer().isPresent()) {
            return outcome.answer().get();
        }
        boolean later = outcome.waitingHelps() || outcome.kind() == FetchOutcome.Kind.NOT_AUTHORISED;
        throw new CommandFailure(
                later ? ExitCode.UNAVAILABLE : ExitCode.FAILED,
                "The service returned no reports: " + outcome.message() + (later ? "; try again later." : "."));
    }

    private RequestAccount account() throws IOException, CommandFailure {
        Optional<Path> file = options.sessionFile().file();
        if (file.isEmpty()) {
            return parts.accounts().get().choose(options.account());
        }
        Configuration configuration = parts.configuration().get();
        RequestRate.warning(configuration).ifPresent(notes);
        return new SessionFileAccount(file.get(), options.sessionFile().open(configuration, terminal), parts, notes);
    }
}
