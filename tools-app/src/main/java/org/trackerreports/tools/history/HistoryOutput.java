package org.trackerreports.tools.history;

import java.io.IOException;
import org.trackerreports.store.history.HistoryBucket;
import org.trackerreports.store.report.StoredReport;

/** Prints a history row by row. Close it after the last row. */
interface HistoryOutput extends AutoCloseable {

    void report(String tracker, StoredReport report) throws IOException;

    void bucket(String tracker, HistoryBucket bucket) throws IOException;

    @Override
    void close() throws IOException;
}
