package org.trackerreports.server.internal.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.trackerreports.server.route.ProblemException;
import org.trackerreports.server.route.Request;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.view.TrackerView;

/** In which format reports are answered. */
enum ReportFormat {
    /** In pages. */
    JSON("application/json"),
    /** One collection of points. */
    GEOJSON("application/geo+json"),
    /** A sequence of points (RFC 8142). */
    GEOJSONSEQ("application/geo+json-seq"),
    /** With a header. */
    CSV("text/csv"),
    /** A track. */
    GPX("application/gpx+xml");

    private final String mediaType;

    ReportFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    /** The format that a request asks for, by {@code format} or else by {@code Accept}. */
    static ReportFormat of(Request request) {
        Optional<String> word = request.query("format").filter(text -> !text.isEmpty());
        if (word.isPresent()) {
            return Arrays.stream(values())
                    .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(word.get()))
                    .findFirst()
                    .orElseThrow(() ->
                            ProblemException.badRequest("format must be one of: json, geojson, geojsonseq, csv, gpx."));
        }
        String accept = request.header("Accept").orElse("");
        for (String each : accept.split(",")) {
            String type = each.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
            for (ReportFormat format : values()) {
                if (format.mediaType.equals(type)) {
                    return format;
                }
            }
        }
        return JSON;
    }

    /** Begins the format. It ends when the output is closed; the stream stays open. */
    ReportOutput open(OutputStream out, TrackerView tracker) {
        return switch (this) {
            case JSON -> throw new IllegalStateException("JSON has pages");
            case GEOJSON -> new GeoJsonOutput(out, tracker);
            case GEOJSONSEQ -> report -> write(out, "\u001e" + feature(tracker, report) + "\n");
            case CSV -> new CsvOutput(out, tracker);
            case GPX -> new GpxOutput(out, tracker);
        };
    }

    static void write(OutputStream out, String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode feature(TrackerView tracker, StoredReport report) {
        ObjectNode properties = Json.report(report).put("tracker", tracker.name());
        return GeoJson.feature(report.content().position(), properties);
    }
}
