package org.trackerreports.tools.export;

import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.StoredReport;

/** GPX 1.1: a track for each tracker, with a new segment after each long gap. */
final class GpxWriter extends XmlReportWriter {

    private static final String GPX = "http://www.topografix.com/GPX/1/1";
    /** The namespace of what GPX has no element for. The accuracy is no {@code hdop}, because that has no unit. */
    private static final String OURS = "urn:trackerreports:report:1";

    private static final String PREFIX = "report";

    private final Duration gap;
    private final Instant now;
    private @Nullable Instant last;

    /**
     * @param gap a new segment begins after this time without a report
     * @param now when the file is written
     */
    GpxWriter(Writer out, Duration gap, Instant now) throws IOException {
        super(out, "trk");
        this.gap = gap;
        this.now = now;
    }

    @Override
    public void begin() throws IOException {
        xml().document("gpx", GPX)
                .namespace(PREFIX, OURS)
                .attribute("version", "1.1")
                .attribute("creator", "Tracker report fetching")
                .newLine()
                .start("metadata")
                .element("time", now.toString())
                .end()
                .newLine();
    }

    @Override
    public void report(StoredReport report) throws IOException {
        if (last != null && Duration.between(last, report.timestamp()).compareTo(gap) >= 0) {
            xml().end().newLine();
            last = null;
        }
        if (last == null) {
            xml().start("trkseg").newLine();
        }
        last = report.timestamp();
        Position position = report.content().position().orElseThrow();
        xml().start("trkpt")
                .attribute("lat", Numbers.degrees(position.latitude()))
                .attribute("lon", Numbers.degrees(position.longitude()))
                .element("time", report.timestamp().toString())
                .start("extensions");
        if (report.content().horizontalAccuracy().isPresent()) {
            xml().element(
                            PREFIX,
                            OURS,
                            "accuracy_m",
                            Numbers.plain(report.content().horizontalAccuracy().getAsDouble()));
        }
        xml().element(
                        PREFIX,
                        OURS,
                        "confidence",
                        Integer.toString(report.content().confidence()));
        xml().end().end().newLine();
    }

    @Override
    void endReports() throws IOException {
        if (last != null) {
            xml().end().newLine();
            last = null;
        }
    }
}
