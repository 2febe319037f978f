package org.trackerreports.tools.queue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.trackerreports.core.diagnosis.AccountStanding;
import org.trackerreports.core.diagnosis.TrackerDiagnoses;
import org.trackerreports.core.diagnosis.TrackerDiagnosis;
import org.trackerreports.core.diagnosis.TrackerDiagnosis.Conclusion;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.text.Durations;
import org.trackerreports.queue.QueuedId;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.AdvisedCommand;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.Installation;
import org.trackerreports.tools.command.InstallationCommand;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.command.NotJudged;
import org.trackerreports.tools.command.TimeParser;
import org.trackerreports.tools.command.TrackerNames;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.Shell;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Explains why a tracker has, or does not have, a new position. */
@Command(name = "explain")
public final class ExplainCommand extends InstallationCommand implements Callable<Integer> {

    private static final int MOST_NEAREST = 3;

    @Parameters(paramLabel = "TRACKER")
    private String name;

    @Option(names = "--report", paramLabel = "TIME")
    private @Nullable String report;

    @Mixin
    private JsonOption reading;

    private final Provider<TrackerDiagnoses> diagnosesProvider;

    @Inject
    ExplainCommand(CommandContext context, Installation installation, Provider<TrackerDiagnoses> diagnosesProvider) {
        super(context, installation);
        this.diagnosesProvider = diagnosesProvider;
    }

    @Override
    public Integer call() throws CommandFailure {
        Instant now = installation().now();
        // Before anything is opened.
        Optional<Instant> time =
                report == null ? Optional.empty() : Optional.of(TimeParser.instant("--report", report, now));
        ReportStore store = installation().store();
        Tracker tracker = TrackerNames.trackers(store, List.of(name)).get(0);
        if (time.isPresent()) {
            return explainReport(store, tracker, time.get(), now);
        }
        TrackerDiagnosis diagnosis = diagnosesProvider.get().of(tracker);
        if (reading.json()) {
            Json.print(json(diagnosis), out());
        } else {
            print(diagnosis);
        }
        return ExitCode.DONE;
    }

    /** Why the reports of a second have their flags. */
    private int explainReport(ReportStore store, Tracker tracker, Instant time, Instant now) throws CommandFailure {
        ReportJudgements judgements = new ReportJudgements(store.history(), tracker, now);
        List<StoredReport> reports = judgements.at(time.truncatedTo(ChronoUnit.SECONDS));
        if (reports.isEmpty()) {
            throw new CommandFailure(ExitCode.NOTHING_FOUND, noReport(tracker, time, judgements.near(time)));
        }
        List<ReportExplanation> explanations =
                reports.stream().map(judgements::explain).toList();
        if (reading.json()) {
            Json.print(
                    Json.array()
                            .addAll(explanations.stream()
                                    .map(ReportExplanation::json)
                                    .toList()),
                    out());
        } else {
            explanations.forEach(this::print);
        }
        if (!explanations.stream().allMatch(ReportExplanation::isJudged)) {
            note("The stored flags are not judged yet, or no longer up to date; "
                    + NotJudged.nextStep(store.judging().backlog()));
        }
        return ExitCode.DONE;
    }

    private static String noReport(Tracker tracker, Instant time, List<StoredReport> near) {
        String nearest = near.stream()
                .limit(MOST_NEAREST)
                .map(each -> each.timestamp().toString())
                .collect(Collectors.joining(", "));
        return "There is no report of " + tracker.name() + " with a position at " + time
                + (nearest.isEmpty()
                        ? ". To see which there are: findmy tools history " + Shell.word(tracker.name())
                        : "; nearest: " + nearest);
    }

    private void print(ReportExplanation explanation) {
        explanation.table().print(out());
        if (explanation.findings().isEmpty()) {
            out().println("No rule flags it.");
        }
    }

    private static ObjectNode json(TrackerDiagnosis diagnosis) {
        Tracker tracker = diagnosis.tracker();
        ObjectNode json = Json.object()
                .put("tracker", tracker.name())
                .put("kind", tracker.kind())
                .put("enabled", tracker.enabled())
                .put(
                        "latest_time",
                        diagnosis
                                .latest()
                                .map(seen -> seen.timestamp().toString())
                                .orElse(null))
                .put(
                        "alignment_time",
                        tracker.alignment().map(each -> each.time().toString()).orElse(null))
                .put("workers", diagnosis.queue().workers());
        diagnosis
                .queued()
                .ifPresentOrElse(
                        queued -> QueueFormat.put(json.putObject("queue"), queued), () -> json.putNull("queue"));
        ArrayNode accounts = json.putArray("accounts");
        diagnosis
                .accounts()
                .forEach(use -> accounts.addObject()
                        .put("account", use.account().alias())
                        .put("state", use.word())
                        .put("requests_24h", use.used())
                        .put("requests_per_day", use.rule().maxPerPeriod())
                        .put("reserved_requests_per_day", use.rule().manualReserve())
                        .put("gap_seconds", use.rule().minGap().toMillis() / 1000.0)
                        .put("limits_of_others", use.ofOthers())
                        .put(
                                "cool_down_until",
                                use.coolDownUntil().map(Instant::toString).orElse(null))
                        .put("next_request_time", use.nextOfDaemon().toString())
                        .put(
                                "held_by",
                                use.holding(diagnosis.now())
                                        .map(AccountStanding.Limit::word)
                                        .orElse(null))
                        .put("last_error", use.account().lastError().orElse(null)));
        Conclusion conclusion = diagnosis.conclusion();
        return json.put("conclusion", conclusion.sentence())
                .put("next_step", AdvisedCommand.of(conclusion.advice(), tracker.name()));
    }

    private void print(TrackerDiagnosis diagnosis) {
        TextTable table = new TextTable("WHAT", "NOW");
        table.row(
                "last seen",
                diagnosis.latest().map(seen -> ago(seen.timestamp(), diagnosis)).orElse("never"));
        table.row(
                "daemon's last try",
                diagnosis
                        .queued()
                        .flatMap(QueuedId::lastAttempt)
                        .map(time -> ago(time, diagnosis))
                        .orElse("never"));
        table.row(
                "daemon's next try",
                diagnosis.queued().map(queued -> TextTable.time(queued.due())).orElse("-"));
        table.row("answers", diagnosis.queued().map(ExplainCommand::answers).orElse("-"));
        table.row("last error", diagnosis.queued().flatMap(QueuedId::lastError).orElse("-"));
        diagnosis
                .tracker()
                .alignment()
                .ifPresent(alignment -> table.row("key aligned", ago(alignment.time(), diagnosis)));
        table.row("workers", Long.toString(diagnosis.queue().workers()));
        for (AccountStanding use : diagnosis.accounts()) {
            table.row(
                    "account " + use.account().alias(),
                    use.words() + ", " + use.used() + (use.used() == 1 ? " request in 24 h" : " requests in 24 h"));
            table.row("- its limits", use.limits());
            table.row("- its next request", use.nextRequest(diagnosis.now()));
        }
        table.print(out());
        Conclusion conclusion = diagnosis.conclusion();
        out().println(conclusion.sentence());
        out().println("Next step: "
                + AdvisedCommand.of(conclusion.advice(), diagnosis.tracker().name()));
    }

    private static String answers(QueuedId queued) {
        return queued.lastAttempt().isEmpty()
                ? "-"
                : queued.successes() + " succeeded, the last " + queued.consecutiveEmpty()
                        + " of them without a report; " + queued.failures() + " failed, " + queued.consecutiveFailures()
                        + " in a row";
    }

    private static String ago(Instant time, TrackerDiagnosis diagnosis) {
        return TextTable.time(time) + " (" + Durations.text(Duration.between(time, diagnosis.now())) + " ago)";
    }
}
