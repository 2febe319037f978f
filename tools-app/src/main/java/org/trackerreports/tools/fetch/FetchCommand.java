package org.trackerreports.tools.fetch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.pipeline.DecodedReport;
import org.trackerreports.core.pipeline.FetchTarget;
import org.trackerreports.core.pipeline.ReportWriter;
import org.trackerreports.core.text.Durations;
import org.trackerreports.findmy.fetch.FetchPlan;
import org.trackerreports.findmy.report.LocationReport;
import org.trackerreports.store.history.FlagFilter;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.FlagsOption;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.command.LeftOut;
import org.trackerreports.tools.report.ReportLine;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fetches the reports of trackers now. */
@Command(name = "fetch")
public final class FetchCommand extends RequestCommand {

    @Option(names = "--no-store")
    private boolean noStore;

    @Option(names = "--dry-run")
    private boolean dryRun;

    @Mixin
    private FlagsOption flags;

    @Mixin
    private JsonOption reading;

    private long stored;
    private long known;
    private long refused;

    @Inject
    FetchCommand(CommandContext context, FetchParts parts) {
        super(context, parts);
    }

    @Override
    public Integer call() throws IOException, CommandFailure {
        FetchSession session = session(!noStore && !dryRun);
        if (dryRun) {
            return preview(session.preview(), parts().configuration().get().get(Options.FETCH_INTERVAL));
        }
        List<ReportLine> lines = new ArrayList<>();
        int exitCode = session.ask(reports -> {
            reports.forEach(report -> lines.add(ReportLine.of(report, now())));
            if (!noStore) {
                store(parts().writer().get(), reports);
            }
        });
        FlagFilter shown = flags.or(FlagFilter.WITH);
        print(lines.stream().filter(line -> line.isIn(shown)).toList());
        long flagged = lines.stream().filter(ReportLine::flagged).count();
        long unreadable =
                lines.stream().filter(line -> line.location().isEmpty()).count();
        note(summary(lines.size(), flagged, lessCertain(lines), unreadable));
        return exitCode == ExitCode.DONE && unreadable + refused > 0 ? ExitCode.PARTLY_FAILED : exitCode;
    }

    /** The reports that other commands leave out by default, by their confidence. */
    private static SortedMap<Integer, Long> lessCertain(List<ReportLine> lines) {
        return lines.stream()
                .filter(line -> !line.flagged())
                .flatMap(line -> line.location().stream())
                .filter(location -> location.confidence() < HistoryQuery.DEFAULT_MINIMUM_CONFIDENCE)
                .collect(Collectors.groupingBy(LocationReport::confidence, TreeMap::new, Collectors.counting()));
    }

    private String summary(long reports, long flagged, SortedMap<Integer, Long> lessCertain, long unreadable) {
        StringBuilder text = new StringBuilder(reports + " reports, ");
        if (noStore) {
            text.append("not stored");
        } else {
            text.append(stored).append(" new, ").append(known).append(" known");
            long left = reports - stored - known - refused;
            if (left > 0) {
                text.append(", ").append(left).append(" not stored: without a time, or older than MAX_REPORT_AGE_DAYS");
            }
            if (refused > 0) {
                text.append(", ").append(refused).append(" refused by the database");
            }
        }
        if (!lessCertain.isEmpty()) {
            text.append("; ").append(LeftOut.lessCertain(lessCertain));
        }
        if (flagged > 0) {
            text.append("; ").append(flagged).append(" with flags, which are no latest position");
        }
        if (unreadable > 0) {
            text.append("; ").append(unreadable).append(" cannot be decrypted");
        }
        return text.append('.').toString();
    }

    private void store(ReportWriter writer, List<DecodedReport> reports) {
        ReportWriter.Written written = writer.write(reports);
        stored += written.stored();
        known += written.duplicates();
        refused += written.refused();
    }

    private void print(List<ReportLine> lines) {
        reading.print(
                () -> Json.array().addAll(lines.stream().map(ReportLine::json).toList()),
                () -> ReportLine.table(lines));
    }

    private int preview(List<FetchPlan<FetchTarget>> plans, Duration gap) {
        ArrayNode array = Json.array();
        TextTable table = new TextTable("REQUEST", "KEYS", "TRACKERS");
        for (FetchPlan<FetchTarget> plan : plans) {
            List<String> names = plan.included().stream().map(FetchTarget::name).toList();
            ObjectNode json = array.addObject()
                    .put("request", array.size())
                    .put("keys", plan.keys().size());
            ArrayNode trackers = json.putArray("trackers");
            names.forEach(trackers::add);
            table.row(
                    Integer.toString(array.size()), Integer.toString(plan.keys().size()), String.join(", ", names));
        }
        reading.print(() -> array, () -> table);
        note(plans.size() + " requests"
                + (plans.size() > 1
                        ? ", which take at least " + Durations.text(gap.multipliedBy(plans.size() - 1L))
                        : "")
                + "; none was made.");
        return plans.isEmpty() ? ExitCode.NOTHING_FOUND : ExitCode.DONE;
    }
}
