package org.trackerreports.tools.fetch;

import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trackerreports.core.pipeline.DecodedReport;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.report.Payload;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.report.ReportLine;
import org.trackerreports.tools.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows which reports the service has and the database lacks. */
@Command(name = "compare")
public final class CompareCommand extends RequestCommand {

    @Mixin
    private JsonOption reading;

    private record Compared(ReportLine line, boolean stored) {}

    @Inject
    CompareCommand(CommandContext context, FetchParts parts) {
        super(context, parts);
    }

    @Override
    public Integer call() throws IOException, CommandFailure {
        FetchSession session = session(true);
        ReportStore store = parts().store().get();
        List<Compared> compared = new ArrayList<>();
        int exitCode = session.ask(reports -> reports.forEach(
                report -> compared.add(new Compared(ReportLine.of(report, now()), isStored(store, report)))));
        print(compared);
        long lacking = compared.stream().filter(each -> !each.stored()).count();
        if (!compared.isEmpty()) {
            note("The service has " + compared.size() + " reports; the database lacks " + lacking + " of them."
                    + (lacking > 0 ? " To store them: findmy tools fetch" : ""));
        }
        return exitCode;
    }

    private static boolean isStored(ReportStore store, DecodedReport report) {
        Optional<Instant> time = report.outcome().encrypted().timestamp();
        if (time.isEmpty()) {
            return false;
        }
        return store.reports()
                .contains(
                        report.outcome().encrypted().key().base64(),
                        time.get(),
                        Payload.of(report.outcome().encrypted().payload()));
    }

    private void print(List<Compared> compared) {
        reading.print(
                () -> Json.array()
                        .addAll(compared.stream()
                                .map(each -> each.line().json().put("stored", each.stored()))
                                .toList()),
                () -> ReportLine.table(compared.stream()
                        .filter(each -> !each.stored())
                        .map(Compared::line)
                        .toList()));
    }
}
