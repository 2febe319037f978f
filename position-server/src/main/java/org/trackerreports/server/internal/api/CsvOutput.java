package org.trackerreports.server.internal.api;

import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
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

    CsvOutput(OutputStream out, TrackerView tracker) {
        this.out = out;
        this.tracker = quoted(guarded(tracker.name()));
        ReportFormat.write(out, HEADER);
    }

    @Override
    public void add(StoredReport report) {
        ReportContent content = report.content();
        Position position = content.position().orElseThrow();
        String accuracy = content.horizontalAccuracy().isPresent()
                ? plain(content.horizontalAccuracy().getAsDouble())
                : "";
        String status =
                content.status().isPresent() ? Integer.toString(content.status().getAsInt()) : "";
        ReportFormat.write(
                out,
                String.join(
                                ",",
                                tracker,
                                report.timestamp().toString(),
                                "",
                                report.receivedAt().toString(),
                                degrees(position.latitude()),
                                degrees(position.longitude()),
                                accuracy,
                                Integer.toString(content.confidence()),
                                status,
                                quoted(String.join(" ", content.flags())))
                        + "\r\n");
    }

    /** Turns a text that a spreadsheet would take for a formula into text. */
    private static String guarded(String name) {
        return "=+-@\t\r".indexOf(name.charAt(0)) >= 0 ? "'" + name : name;
    }

    private static String quoted(String text) {
        return text.matches("[^\",\r\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    /** To ten-millionths, as reports have them. */
    static String degrees(double degrees) {
        return plain(BigDecimal.valueOf(degrees).setScale(7, RoundingMode.HALF_EVEN));
    }

    /** Without an exponent. */
    static String plain(double number) {
        return plain(BigDecimal.valueOf(number));
    }

    private static String plain(BigDecimal decimal) {
        return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
}
