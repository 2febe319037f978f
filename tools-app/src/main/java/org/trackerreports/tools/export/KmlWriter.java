package org.trackerreports.tools.export;

import java.io.IOException;
import java.io.Writer;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.StoredReport;

/** KML 2.2: a folder for each tracker, with a placemark for each report. */
final class KmlWriter extends XmlReportWriter {

    KmlWriter(Writer out) throws IOException {
        super(out, "Folder");
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
        Position position = report.content().position().orElseThrow();
        xml().start("Placemark")
                .start("TimeStamp")
                .element("when", report.timestamp().toString())
                .end();
        xml().start("ExtendedData");
        if (report.content().horizontalAccuracy().isPresent()) {
            data(
                    "accuracy_m",
                    Numbers.plain(report.content().horizontalAccuracy().getAsDouble()));
        }
        data("confidence", Integer.toString(report.content().confidence()));
        xml().end();
        xml().start("Point")
                .element(
                        "coordinates",
                        Numbers.degrees(position.longitude()) + "," + Numbers.degrees(position.latitude()))
                .end()
                .end()
                .newLine();
    }

    private void data(String name, String value) throws IOException {
        xml().start("Data").attribute("name", name).element("value", value).end();
    }
}
