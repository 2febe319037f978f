package org.trackerreports.tools.export;

import java.io.IOException;
import org.trackerreports.store.report.StoredReport;

/**
 * Writes reports in one format as they come, holding none of them. The calls are: {@link #begin}, then for each tracker
 * {@link #tracker} and its reports by time, then {@link #end}. Not thread-safe.
 */
interface ReportFormatWriter {

    /** What stands before everything. */
    void begin() throws IOException;

    /** The reports that follow are this tracker's. */
    void tracker(String name) throws IOException;

    /** One report with a position. */
    void report(StoredReport report) throws IOException;

    /** What stands behind everything; closes nothing. */
    void end() throws IOException;
}
