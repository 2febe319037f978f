package org.trackerreports.tools.export;

import java.io.IOException;
import java.io.Writer;

/** Writes reports as XML, with an element for each tracker. */
abstract class XmlReportWriter implements ReportFormatWriter {

    private final XmlOutput xml;
    private final String trackerElement;
    private String tracker = "";
    private boolean inTracker;

    XmlReportWriter(Writer out, String trackerElement) throws IOException {
        this.xml = new XmlOutput(out);
        this.trackerElement = trackerElement;
    }

    final XmlOutput xml() {
        return xml;
    }

    @Override
    public final void tracker(String name) throws IOException {
        endTracker();
        tracker = name;
        xml.start(trackerElement).element("name", name).newLine();
        inTracker = true;
    }

    /** The name of the tracker whose reports are written. */
    final String tracker() {
        return tracker;
    }

    /** Ends the elements that are open inside the tracker's element. */
    void endReports() throws IOException {}

    private void endTracker() throws IOException {
        endReports();
        if (inTracker) {
            xml.end().newLine();
            inTracker = false;
        }
    }

    @Override
    public final void end() throws IOException {
        endTracker();
        xml.endDocument();
    }
}
