package org.trackerreports.tools.history;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.trackerreports.store.history.HistoryBucket;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.tools.text.TextTable;

/** The history as a table for people. Its columns have fixed widths, so that each row is printed at once. */
final class HistoryTable implements HistoryOutput {

    private static final List<String> PLACE =
            List.of("LATITUDE", "LONGITUDE", "ACCURACY", "CONFIDENCE", "NEAREST CITY");
    private static final List<Integer> PLACE_WIDTHS = List.of(-11, -12, -8, -10, 0);
    private static final int TIME_WIDTH = "uuuu-MM-dd HH:mm:ss".length();

    private final PrintWriter out;
    private final Clocks clocks;
    private final int nameWidth;
    private boolean headed;

    /** @param nameWidth the length of the longest tracker's name */
    HistoryTable(PrintWriter out, Clocks clocks, int nameWidth) {
        this.out = out;
        this.clocks = clocks;
        this.nameWidth = Math.max(nameWidth, "TRACKER".length());
    }

    @Override
    public void report(String tracker, StoredReport report) {
        String heading = clocks.heading("TIME");
        List<Integer> widths = widths(heading);
        head(List.of("TRACKER", heading), widths);
        ReportContent content = report.content();
        List<String> cells = new ArrayList<>(List.of(tracker, clocks.time(report.timestamp())));
        cells.addAll(place(
                content.position().orElseThrow(),
                content.horizontalAccuracy(),
                content.confidence(),
                city(content.nearestCity(), content.flags())));
        out.println(TextTable.line(cells, widths));
    }

    @Override
    public void bucket(String tracker, HistoryBucket bucket) {
        String heading = clocks.heading("START");
        List<Integer> widths = widths(heading, -7, TIME_WIDTH);
        head(List.of("TRACKER", heading, "REPORTS", "LAST SEEN"), widths);
        List<String> cells = new ArrayList<>(List.of(
                tracker,
                clocks.time(bucket.start()),
                Long.toString(bucket.reportCount()),
                clocks.time(bucket.lastTime())));
        cells.addAll(place(
                bucket.position(),
                bucket.horizontalAccuracy(),
                bucket.confidence(),
                city(bucket.nearestCity(), bucket.flagged() ? Set.of("flagged") : Set.of())));
        out.println(TextTable.line(cells, widths));
    }

    private List<Integer> widths(String timeHeading, Integer... more) {
        List<Integer> widths = new ArrayList<>(List.of(nameWidth, Math.max(timeHeading.length(), TIME_WIDTH)));
        widths.addAll(List.of(more));
        widths.addAll(PLACE_WIDTHS);
        return widths;
    }

    private void head(List<String> columns, List<Integer> widths) {
        if (!headed) {
            headed = true;
            List<String> cells = new ArrayList<>(columns);
            cells.addAll(PLACE);
            out.println(TextTable.line(cells, widths));
        }
    }

    /** A city, and the flags of the report. */
    static String city(Optional<String> city, Set<String> flags) {
        String name = city.orElse("-");
        return flags.isEmpty() ? name : name + "  (" + String.join(", ", new TreeSet<>(flags)) + ")";
    }

    private static List<String> place(Position position, OptionalDouble accuracy, int confidence, String city) {
        return List.of(
                TextTable.degrees(position.latitude()),
                TextTable.degrees(position.longitude()),
                TextTable.metres(accuracy),
                Integer.toString(confidence),
                city);
    }

    @Override
    public void close() {
        out.flush();
    }
}
