package org.trackerreports.server.internal.api;

import java.io.IOException;
import org.trackerreports.store.report.StoredReport;

/** Takes the reports of one tracker in event order. Not thread-safe. */
interface ReportOutput extends AutoCloseable {

    /**
     * Takes the next report.
     *
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    void add(StoredReport report);

    /** After the last report. */
    default void end() {}

    /** Writes what ends the format. */
    @Override
    default void close() throws IOException {}
}
