package org.trackerreports.tools.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.Writer;
import java.util.TreeSet;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.StoredReport;

/** Comma-separated values (RFC 4180), always with a header. */
final class CsvWriter implements ReportFormatWriter {

    private static final CsvSchema SCHEMA = CsvSchema.builder()
            .addColumn("tracker")
            .addColumn("event_time")
            // The service no longer tells when a report was published, so this is always empty.
            .addColumn("published_time")
            .addColumn("received_time")
            .addColumn("lat")
            .addColumn("lon")
            .addColumn("accuracy_m")
            .addColumn("confidence")
            .addColumn("status")
            .addColumn("flags")
            .build()
            .withLineSeparator("\r\n");

    private final Writer out;
    private final CsvGenerator csv;
    private String tracker = "";

    CsvWriter(Writer out) throws IOException {
        this.out = out;
        this.csv = new CsvFactory().createGenerator(out);
        this.csv.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        this.csv.setSchema(SCHEMA);
    }

    @Override
    public void begin() throws IOException {
        // The generator writes the header with the first row only, and there may be no row.
        out.write(String.join(",", SCHEMA.getColumnNames()) + "\r\n");
    }

    @Override
    public void tracker(String name) {
        tracker = guarded(name);
    }

    @Override
    public void report(StoredReport report) throws IOException {
        Position position = report.content().position().orElseThrow();
        csv.writeStartObject();
        csv.writeStringField("tracker", tracker);
        csv.writeStringField("event_time", report.timestamp().toString());
        csv.writeStringField("received_time", report.receivedAt().toString());
        csv.writeStringField("lat", Numbers.degrees(position.latitude()));
        csv.writeStringField("lon", Numbers.degrees(position.longitude()));
        if (report.content().horizontalAccuracy().isPresent()) {
            csv.writeStringField(
                    "accuracy_m",
                    Numbers.plain(report.content().horizontalAccuracy().getAsDouble()));
        }
        csv.writeNumberField("confidence", report.content().confidence());
        if (report.content().status().isPresent()) {
            csv.writeNumberField("status", report.content().status().getAsInt());
        }
        csv.writeStringField(
                "flags", String.join(" ", new TreeSet<>(report.content().flags())));
        csv.writeEndObject();
    }

    @Override
    public void end() throws IOException {
        csv.flush();
    }

    /** Turns a text that a spreadsheet would take for a formula into text. */
    static String guarded(String name) {
        return "=+-@\t\r".indexOf(name.charAt(0)) >= 0 ? "'" + name : name;
    }
}
