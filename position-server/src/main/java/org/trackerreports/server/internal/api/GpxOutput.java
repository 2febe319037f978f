package org.trackerreports.server.internal.api;

import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.view.TrackerView;

/** GPX 1.1: a track with a new segment after each gap. */
final class GpxOutput implements ReportOutput {

    static final Duration GAP = Duration.ofHours(6);

    private static final String BEGIN = """
            <?xml version="1.0" encoding="UTF-8"?>
            <gpx xmlns="http://www.topografix.com/GPX/1/1" xmlns:report="urn:trackerreports:report:1" version="1.1" \
            creator="Tracker report fetching">
            """;

    private final OutputStream out;
    private Optional<Instant> last = Optional.empty();

    GpxOutput(OutputStream out, TrackerView tracker) {
        this.out = out;
        ReportFormat.write(out, BEGIN + "<trk><name>" + escaped(tracker.name()) + "</name>\n");
    }

    @Override
    public void add(StoredReport report) {
        ReportContent content = report.content();
        Position position = content.position().orElseThrow();
        boolean gap = last.filter(
                        time -> Duration.between(time, report.timestamp()).compareTo(GAP) >= 0)
                .isPresent();
        String before = last.isEmpty() ? "<trkseg>\n" : gap ? "</trkseg>\n<trkseg>\n" : "";
        last = Optional.of(report.timestamp());
        String accuracy = content.horizontalAccuracy().isPresent()
                ? "<report:accuracy_m>"
                        + PlainNumbers.of(content.horizontalAccuracy().getAsDouble()) + "</report:accuracy_m>"
                : "";
        ReportFormat.write(
                out,
                before + "<trkpt lat=\"" + PlainNumbers.degrees(position.latitude()) + "\" lon=\""
                        + PlainNumbers.degrees(position.longitude()) + "\"><time>" + report.timestamp()
                        + "</time><extensions>" + accuracy + "<report:confidence>" + content.confidence()
                        + "</report:confidence></extensions></trkpt>\n");
    }

    @Override
    public void end() {
        ReportFormat.write(out, (last.isEmpty() ? "" : "</trkseg>\n") + "</trk>\n</gpx>\n");
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                default -> {
                    // Names have no control characters; what XML cannot hold at all is left out.
                    if (point >= 0x20 && point != 0xFFFE && point != 0xFFFF) {
                        escaped.appendCodePoint(point);
                    }
                }
            }
        });
        return escaped.toString();
    }
}
