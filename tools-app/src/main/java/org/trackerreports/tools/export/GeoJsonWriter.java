package org.trackerreports.tools.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.Writer;
import java.util.TreeSet;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.StoredReport;

/** GeoJSON (RFC 7946): a point for each report, in one collection or each on its own line. */
final class GeoJsonWriter implements ReportFormatWriter {

    private final JsonGenerator json;
    private final boolean lines;
    private String tracker = "";

    /** @param lines whether each point is on its own line instead of in one collection */
    GeoJsonWriter(Writer out, boolean lines) throws IOException {
        this.json = new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        this.json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        this.lines = lines;
    }

    @Override
    public void begin() throws IOException {
        if (!lines) {
            json.writeStartObject();
            json.writeStringField("type", "FeatureCollection");
            json.writeArrayFieldStart("features");
        }
    }

    @Override
    public void tracker(String name) {
        tracker = name;
    }

    @Override
    public void report(StoredReport report) throws IOException {
        Position position = report.content().position().orElseThrow();
        if (!lines) {
            json.writeRaw('\n');
        }
        json.writeStartObject();
        json.writeStringField("type", "Feature");
        json.writeObjectFieldStart("geometry");
        json.writeStringField("type", "Point");
        json.writeArrayFieldStart("coordinates");
        json.writeNumber(Numbers.degrees(position.longitude()));
        json.writeNumber(Numbers.degrees(position.latitude()));
        json.writeEndArray();
        json.writeEndObject();
        json.writeObjectFieldStart("properties");
        properties(report);
        json.writeEndObject();
        json.writeEndObject();
    }

    private void properties(StoredReport report) throws IOException {
        json.writeStringField("tracker", tracker);
        json.writeStringField("event_time", report.timestamp().toString());
        json.writeStringField("received_time", report.receivedAt().toString());
        if (report.content().horizontalAccuracy().isPresent()) {
            json.writeFieldName("accuracy_m");
            json.writeNumber(Numbers.plain(report.content().horizontalAccuracy().getAsDouble()));
        }
        json.writeNumberField("confidence", report.content().confidence());
        if (report.content().status().isPresent()) {
            json.writeNumberField("status", report.content().status().getAsInt());
        }
        json.writeArrayFieldStart("flags");
        for (String flag : new TreeSet<>(report.content().flags())) {
            json.writeString(flag);
        }
        json.writeEndArray();
    }

    @Override
    public void end() throws IOException {
        if (!lines) {
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeRaw('\n');
        json.flush();
    }
}
