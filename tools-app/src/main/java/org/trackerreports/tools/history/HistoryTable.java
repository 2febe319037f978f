package org.trackerreports.tools.history;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.trackerreports.store.history.HistoryBucket;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.tools.text.TextTable;

/** The history as a table for people. Its columns have fixed widths, so that no row waits for the last one. */
final class HistoryTable implements HistoryOutput {

    private static final String PLACE = "  %11s  %12s  %8s  %10s  %s";

    private final PrintWriter out;
    private final Clocks clocks;
    private final int name;
    private boolean headed;

    /** @param name the length of the longest tracker's name */
    HistoryTable(PrintWriter out, Clocks clocks, int name) {
        this.out = out;
        this.clocks = clocks;
        this.name = Math.max(name, "TRACKER".length());
    }

    @Override
    public void report(String tracker, StoredReport report) {
        String time = clocks.heading("TIME");
        head(time, "");
        line(
                tracker,
                time,
                clocks.time(report.timestamp()),
                place(
                        report.content().position().orElseThrow(),
                        report.content().horizontalAccuracy(),
                        report.content().confidence(),
                        report.content().nearestCity().orElse("-")
                                + (report.content().flags().isEmpty()
                                        ? ""
                                        : "  ("
                                                + String.join(
                                                        ", ",
                                                        new TreeSet<>(
                                                                report.content().flags())) + ")")));
    }

    @Override
    public void bucket(String tracker, HistoryBucket bucket) {
        String start = clocks.heading("START");
        String columns = "  %7s  %-19s";
        head(start, String.format(Locale.ROOT, columns, "REPORTS", "LAST SEEN"));
        line(
                tracker,
                start,
                clocks.time(bucket.start()),
                String.format(Locale.ROOT, columns, bucket.reportCount(), clocks.time(bucket.lastTime()))
                        + place(
                                bucket.position(),
                                bucket.horizontalAccuracy(),
                                bucket.confidence(),
                                bucket.nearestCity().orElse("-")));
    }

    private void head(String time, String more) {
        if (!headed) {
            headed = true;
            line(
                    "TRACKER",
                    time,
                    time,
                    more
                            + String.format(
                                    Locale.ROOT,
                                    PLACE,
                                    "LATITUDE",
                                    "LONGITUDE",
                                    "ACCURACY",
                                    "CONFIDENCE",
                                    "NEAREST CITY"));
        }
    }

    private void line(String tracker, String timeHeading, String time, String rest) {
        int width = Math.max(timeHeading.length(), "uuuu-MM-dd HH:mm:ss".length());
        String blanks = " ".repeat(Math.max(0, name - tracker.codePointCount(0, tracker.length())));
        out.println(tracker + blanks + "  " + time + " ".repeat(width - time.length()) + rest);
    }

    private static String place(Position position, OptionalDouble accuracy, int confidence, String city) {
        return String.format(
                Locale.ROOT,
                PLACE,
                TextTable.degrees(position.latitude()),
                TextTable.degrees(position.longitude()),
                TextTable.metres(accuracy),
                confidence,
                city);
    }

    @Override
    public void close() {
        out.flush();
    }
}
