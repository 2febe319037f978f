package org.trackerreports.server.internal.api;

import java.io.OutputStream;
import java.util.Set;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.view.TrackerView;

/** Comma-separated values (RFC 4180) with the columns of the command line's export. */
final class CsvOutput implements ReportOutput {

    // The service no longer tells when a report was published, so that column is always empty.
    private static final String HEADER =
            "tracker,event_time,published_time,received_time,lat,lon,accuracy_m,confidence,status,flags\r\n";

    private final OutputStream out;
    private final String tracker;
    private final StringBuilder line = new StringBuilder();

    CsvOutput(OutputStream out, TrackerView tracker) {
        this.out = out;
        this.tracker = quoted(guarded(tracker.name()));
        ReportFormat.write(out, HEADER);
    }

    @Override
    public void add(StoredReport report) {
        ReportContent content = report.content();
        Position position = content.position().orElseThrow();
        line.setLength(0);
        line.append(tracker).append(',').append(report.timestamp());
        line.append(",,").append(report.receivedAt()).append(',');
        line.append(PlainNumbers.degrees(position.latitude())).append(',');
        line.append(PlainNumbers.degrees(position.longitude())).append(',');
        if (content.horizontalAccuracy().isPresent()) {
            line.append(PlainNumbers.of(content.horizontalAccuracy().getAsDouble()));
        }
        line.append(',').append(content.confidence()).append(',');
        if (content.status().isPresent()) {
            line.append(content.status().getAsInt());
        }
        line.append(',').append(flags(content.flags())).append("\r\n");
        ReportFormat.write(out, line.toString());
    }

    private static String flags(Set<String> flags) {
        return flags.isEmpty() ? "" : quoted(String.join(" ", flags));
    }

    /** Turns a text that a spreadsheet would take for a formula into text. */
    private static String guarded(String name) {
        return "=+-@\t\r".indexOf(name.charAt(0)) >= 0 ? "'" + name : name;
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(each -> each == '"' || each == ',' || each == '\r' || each == '\n');
        return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
