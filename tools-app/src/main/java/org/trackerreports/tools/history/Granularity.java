package org.trackerreports.tools.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.trackerreports.store.history.History;
import org.trackerreports.store.history.HistoryBucket;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.report.StoredReport;

/** How finely a history is read: every report, or the latest one of each hour or day. */
public enum Granularity {
    RAW,
    HOUR,
    DAY;

    /** Takes a history row by row. */
    public interface Rows {

        void report(StoredReport report) throws IOException;

        /** Is called for hours and days only. */
        default void bucket(HistoryBucket bucket) throws IOException {
            throw new UnsupportedOperationException("only reports are read");
        }
    }

    /**
     * Passes the rows of a history on, ordered by time.
     *
     * @throws IOException what {@code rows} threw; the reading ends there
     */
    public void read(History history, HistoryQuery query, Rows rows) throws IOException {
        try {
            switch (this) {
                case RAW -> history.forEachReport(query, report -> unchecked(() -> rows.report(report)));
                case HOUR -> history.forEachHour(query, bucket -> unchecked(() -> rows.bucket(bucket)));
                case DAY -> history.forEachDay(query, bucket -> unchecked(() -> rows.bucket(bucket)));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void unchecked(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
