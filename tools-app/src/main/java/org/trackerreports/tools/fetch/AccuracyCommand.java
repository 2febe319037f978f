package org.trackerreports.tools.fetch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.trackerreports.store.history.FlagFilter;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.FlagsOption;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.report.AccuracySummary;
import org.trackerreports.tools.report.ReportLine;
import org.trackerreports.tools.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows how accurate the reports of trackers are. */
@Command(name = "accuracy")
public final class AccuracyCommand extends RequestCommand {

    @Mixin
    private FlagsOption flags;

    @Mixin
    private JsonOption reading;

    @Inject
    AccuracyCommand(CommandContext context, FetchParts parts) {
        super(context, parts);
    }

    @Override
    public Integer call() throws IOException, CommandFailure {
        List<ReportLine> received = new ArrayList<>();
        int exitCode =
                session(false).ask(reports -> reports.forEach(report -> received.add(ReportLine.of(report, now()))));
        FlagFilter shown = flags.or(FlagFilter.WITHOUT);
        List<ReportLine> lines =
                received.stream().filter(line -> line.isIn(shown)).toList();
        if (lines.size() < received.size()) {
            note((received.size() - lines.size()) + " reports were left out; --flags with shows all.");
        }
        AccuracySummary summary = AccuracySummary.of(lines);
        if (reading.json()) {
            ObjectNode json = Json.object();
            ArrayNode reports = json.putArray("reports");
            lines.forEach(line -> reports.add(line.json()));
            json.set("summary", summary.json());
            Json.print(json, out());
        } else if (!lines.isEmpty()) {
            ReportLine.fullTable(lines, now()).print(out());
            out().println();
            summary.print(out());
        }
        return exitCode;
    }
}
