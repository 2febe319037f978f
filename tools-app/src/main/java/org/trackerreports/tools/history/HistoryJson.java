package org.trackerreports.tools.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.trackerreports.store.history.HistoryBucket;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.StoredReport;

/** The history as one JSON array. */
final class HistoryJson implements HistoryOutput {

    private final PrintWriter out;
    private final JsonGenerator json;

    HistoryJson(PrintWriter out) throws IOException {
        this.out = out;
        this.json = new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        this.json.setPrettyPrinter(new DefaultPrettyPrinter());
        json.writeStartArray();
    }

    @Override
    public void report(String tracker, StoredReport report) throws IOException {
        begin(tracker);
        time("event_time", report.timestamp());
        time("received_time", report.receivedAt());
        place(
                report.content().position().orElseThrow(),
                report.content().horizontalAccuracy(),
                report.content().confidence());
        if (report.content().status().isPresent()) {
            json.writeNumberField("status", report.content().status().getAsInt());
        }
        city(report.content().nearestCity());
        json.writeArrayFieldStart("flags");
        for (String flag : new TreeSet<>(report.content().flags())) {
            json.writeString(flag);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    @Override
    public void bucket(String tracker, HistoryBucket bucket) throws IOException {
        begin(tracker);
        time("start_time", bucket.start());
        json.writeNumberField("reports", bucket.reportCount());
        time("first_time", bucket.firstTime());
        time("last_time", bucket.lastTime());
        place(bucket.position(), bucket.horizontalAccuracy(), bucket.confidence());
        city(bucket.nearestCity());
        json.writeBooleanField("flagged", bucket.flagged());
        json.writeEndObject();
    }

    private void begin(String tracker) throws IOException {
        json.writeStartObject();
        json.writeStringField("tracker", tracker);
    }

    private void time(String field, Instant time) throws IOException {
        json.writeStringField(field, time.toString());
    }

    private void place(Position position, OptionalDouble accuracy, int confidence) throws IOException {
        json.writeNumberField("lat", position.latitude());
        json.writeNumberField("lon", position.longitude());
        if (accuracy.isPresent()) {
            json.writeNumberField("accuracy_m", accuracy.getAsDouble());
        }
        json.writeNumberField("confidence", confidence);
    }

    private void city(Optional<String> city) throws IOException {
        if (city.isPresent()) {
            json.writeStringField("nearest_city", city.get());
        } else {
            json.writeNullField("nearest_city");
        }
    }

    @Override
    public void close() throws IOException {
        json.writeEndArray();
        json.close();
        out.println();
    }
}
