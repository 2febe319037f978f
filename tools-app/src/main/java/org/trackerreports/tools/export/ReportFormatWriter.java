package org.trackerreports.tools.export;

import java.io.IOException;
import org.trackerreports.store.report.StoredReport;

/**
 * Writes reports in one format, one by one, without keeping them in memory. Call {@link #begin}, then for each tracker
 * {@link #tracker} and its reports by time, then {@link #end}. Not thread-safe.
 */
interface ReportFormatWriter {

    /** Writes the beginning of the file. */
    void begin() throws IOException;

    /** Begins a tracker; its reports follow. */
    void tracker(String name) throws IOException;

    /** Writes a report, which must have a position. */
    void report(StoredReport report) throws IOException;

    /** Writes the end of the file; does not close it. */
    void end() throws IOException;
}
