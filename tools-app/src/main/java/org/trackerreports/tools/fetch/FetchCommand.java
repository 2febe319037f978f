package org.trackerreports.tools.fetch;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.trackerreports.fetcher.ExitCode;
import org.trackerreports.fetcher.account.AccountBudget.Budgeted;
import org.trackerreports.fetcher.account.AccountBudget.Made;
import org.trackerreports.fetcher.account.AccountBudget.MustWait;
import org.trackerreports.fetcher.account.AccountRequests;
import org.trackerreports.fetcher.account.AccountRequests.Question;
import org.trackerreports.fetcher.account.AccountStates;
import org.trackerreports.fetcher.account.SignedInAccount;
import org.trackerreports.fetcher.daemon.StopSignal;
import org.trackerreports.fetcher.pipeline.DecodedReport;
import org.trackerreports.fetcher.pipeline.FetchPlan;
import org.trackerreports.fetcher.pipeline.FetchPlanner;
import org.trackerreports.fetcher.pipeline.FetchTarget;
import org.trackerreports.fetcher.pipeline.ReportDecoder;
import org.trackerreports.fetcher.pipeline.ReportWriter;
import org.trackerreports.fetcher.pipeline.TrackerLoader;
import org.trackerreports.fetcher.wiring.Application;
import org.trackerreports.findmy.fetch.FetchOutcome;
import org.trackerreports.findmy.fetch.FetchOutcome.Answered;
import org.trackerreports.findmy.fetch.FetchOutcome.SignInNeeded;
import org.trackerreports.findmy.report.LocationReport;
import org.trackerreports.findmy.report.Undecryptable;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Tracker;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.Named;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks the service for some trackers now. */
@Command(
        name = "fetch",
        description = "Asks the service for the named trackers now, within what the account may do; prints and stores.",
        footer = {"", "Example: findmy tools fetch Bike --wait"})
public final class FetchCommand extends ToolCommand {

    @Parameters(paramLabel = "TRACKER", arity = "1..*", description = "Names of trackers.")
    private List<String> names;

    @Option(names = "--wait", description = "Waits until the account may ask again, instead of ending with 5.")
    private boolean wait;

    @Override
    protected int run(Application application) throws CommandFailure {
        List<Tracker> trackers = Named.trackers(application.get(ReportStore.class), names);
        AccountStates states = application.get(AccountStates.class);
        Optional<SignedInAccount> account = states.aliases().stream()
                .map(states::usable)
                .flatMap(Optional::stream)
                .findFirst();
        if (account.isEmpty()) {
            err().println("No account is signed in. Sign one in: findmy tools login --account main");
            return ExitCode.LOGIN_NEEDED;
        }
        List<FetchTarget> targets = new ArrayList<>();
        for (Tracker tracker : trackers) {
            targets.add(TrackerLoader.target(tracker, 0));
        }
        int exitCode = ExitCode.DONE;
        int found = 0;
        while (!targets.isEmpty()) {
            Optional<FetchPlan> plan = application
                    .get(FetchPlanner.class)
                    .plan(targets, application.get(Clock.class).instant());
            if (plan.isEmpty()) {
                break;
            }
            Result result = request(application, account.get(), plan.get());
            if (result.exitCode() != ExitCode.DONE) {
                exitCode = result.exitCode();
                break;
            }
            found += result.reports();
            targets = plan.get().leftOver();
        }
        if (exitCode == ExitCode.DONE && found == 0) {
            err().println("The service has no report for these trackers now.");
            return ExitCode.NOTHING_FOUND;
        }
        return exitCode;
    }

    private record Result(int exitCode, int reports) {}

    private Result request(Application application, SignedInAccount account, FetchPlan plan) {
        Optional<FetchOutcome> outcome = ask(application, account, plan);
        if (outcome.isEmpty()) {
            return new Result(ExitCode.UNAVAILABLE, 0);
        }
        if (outcome.get() instanceof SignInNeeded needed && !needed.waitingHelps()) {
            err().println("Account " + account.alias() + " needs a login (" + needed.message()
                    + "): findmy tools login --account " + account.alias());
            return new Result(ExitCode.LOGIN_NEEDED, 0);
        }
        if (!(outcome.get() instanceof Answered answered)) {
            err().println("Nothing was fetched: " + outcome.get().message() + ".");
            return new Result(outcome.get().waitingHelps() ? ExitCode.UNAVAILABLE : ExitCode.FAILED, 0);
        }
        List<DecodedReport> reports = application.get(ReportDecoder.class).decode(plan, answered);
        ReportWriter.Written written = application.get(ReportWriter.class).write(reports);
        print(reports);
        err().println(written.received() + " reports, " + written.stored() + " new, " + written.duplicates()
                + " known.");
        return new Result(ExitCode.DONE, reports.size());
    }

    /** One request, if the account may make it; when its session had to be renewed, one more. */
    private Optional<FetchOutcome> ask(Application application, SignedInAccount account, FetchPlan plan) {
        Question question = new Question(
                plan.query(), plan.included().size(), plan.included().size(), true);
        SignedInAccount asking = account;
        while (true) {
            Budgeted<FetchOutcome> asked =
                    application.get(AccountRequests.class).ask(asking, question);
            if (asked instanceof Made<FetchOutcome> made) {
                return Optional.of(made.answer());
            }
            asking =
                    application.get(AccountStates.class).usable(account.alias()).orElse(asking);
            Duration toWait = ((MustWait<FetchOutcome>) asked).duration();
            long seconds = toWait.toSeconds() + 1;
            if (!wait) {
                err().println("Account " + account.alias() + " may ask again in " + seconds
                        + " s; try then, or add --wait.");
                return Optional.empty();
            }
            err().println("Waiting " + seconds + " s until account " + account.alias() + " may ask again.");
            if (!new StopSignal().pause(toWait)) {
                return Optional.empty();
            }
        }
    }

    private void print(List<DecodedReport> reports) {
        if (reports.isEmpty()) {
            return;
        }
        TextTable table =
                new TextTable("TRACKER", "TIME (UTC)", "LATITUDE", "LONGITUDE", "ACCURACY", "CONFIDENCE", "REMARK");
        for (DecodedReport report : reports) {
            String name = report.target().name();
            String time = report.outcome()
                    .encrypted()
                    .timestamp()
                    .map(TextTable::time)
                    .orElse("-");
            if (report.outcome() instanceof LocationReport location) {
                table.row(
                        name,
                        time,
                        TextTable.degrees(location.latitude()),
                        TextTable.degrees(location.longitude()),
                        location.horizontalAccuracy() + " m",
                        Integer.toString(location.confidence()),
                        location.marks().isEmpty()
                                ? "-"
                                : location.marks().toString().toLowerCase(Locale.ROOT));
            } else {
                table.row(name, time, "-", "-", "-", "-", ((Undecryptable) report.outcome()).detail());
            }
        }
        table.print(out());
    }
}
