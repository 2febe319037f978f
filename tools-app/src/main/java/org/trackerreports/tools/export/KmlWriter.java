package org.trackerreports.tools.export;

import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.StoredReport;

/** KML 2.2: a folder for each tracker, with a placemark for each report, and lines between them with a break at each long gap. */
final class KmlWriter extends XmlReportWriter {

    /** A longer line goes on in another one, so that no more than its places are kept in memory. */
    private static final int MOST_PLACES = 1_000;

    private final Duration gap;
    private final List<String> line = new ArrayList<>();
    private @Nullable Instant last;

    /** @param gap a new line begins after this time without a report */
    KmlWriter(Writer out, Duration gap) throws IOException {
        super(out, "Folder");
        this.gap = gap;
    }

    @Override
    public void begin() throws IOException {
        xml().document("kml", "http://www.opengis.net/kml/2.2")
                .newLine()
                .start("Document")
                .element("name", "Tracker reports")
                .newLine();
    }

    @Override
    public void report(StoredReport report) throws IOException {
        Instant time = report.timestamp();
        if (last != null && Duration.between(last, time).compareTo(gap) >= 0) {
            endLine();
        }
        last = time;
        Position position = report.content().position().orElseThrow();
        String place = Numbers.degrees(position.longitude()) + "," + Numbers.degrees(position.latitude());
        line.add(place);
        if (line.size() == MOST_PLACES) {
            endLine();
            line.add(place);
        }
        xml().start("Placemark")
                .element("name", name(time))
                .start("TimeStamp")
                .element("when", time.toString())
                .end();
        xml().start("ExtendedData");
        if (report.content().horizontalAccuracy().isPresent()) {
            data(
                    "accuracy_m",
                    Numbers.plain(report.content().horizontalAccuracy().getAsDouble()));
        }
        data("confidence", Integer.toString(report.content().confidence()));
        xml().end();
        xml().start("Point").element("coordinates", place).end().end().newLine();
    }

    /** The time as a person reads it, in UTC. */
    private static String name(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
    }

    private void endLine() throws IOException {
        if (line.size() > 1) {
            xml().start("Placemark")
                    .element("name", tracker())
                    .start("LineString")
                    .element("tessellate", "1")
                    .element("coordinates", String.join(" ", line))
                    .end()
                    .end()
                    .newLine();
        }
        line.clear();
    }

    @Override
    void endReports() throws IOException {
        endLine();
        last = null;
    }

    private void data(String name, String value) throws IOException {
        xml().start("Data").attribute("name", name).element("value", value).end();
    }
}
