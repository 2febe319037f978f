package org.trackerreports.server.internal.api;

import java.io.OutputStream;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.view.TrackerView;

/** One collection with a point for each report. */
final class GeoJsonOutput implements ReportOutput {

    private final OutputStream out;
    private final TrackerView tracker;
    private String before = "{\"type\":\"FeatureCollection\",\"features\":[\n";

    GeoJsonOutput(OutputStream out, TrackerView tracker) {
        this.out = out;
        this.tracker = tracker;
    }

    @Override
    public void add(StoredReport report) {
        ReportFormat.write(out, before + ReportFormat.feature(tracker, report));
        before = ",\n";
    }

    @Override
    public void end() {
        ReportFormat.write(out, (before.equals(",\n") ? "" : before) + "]}\n");
    }
}
