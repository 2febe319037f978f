package org.trackerreports.tools.text;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.trackerreports.core.text.Printable;
import org.trackerreports.core.time.Times;

/** A table of texts under a heading. Each column is as wide as its widest cell. */
public final class TextTable {

    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... heading) {
        rows.add(List.of(heading));
    }

    public void row(String... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    "a row has " + cells.length + " cells under " + rows.get(0).size() + " headings");
        }
        rows.add(Stream.of(cells).map(Printable::of).toList());
    }

    /** A time in UTC. */
    public static String time(Instant time) {
        return time.toString().replace('T', ' ').replace("Z", "");
    }

    /** A coordinate, with as many digits as a report has. */
    public static String degrees(double degrees) {
        return String.format(Locale.ROOT, "%.7f", degrees);
    }

    /** A length, or a dash. */
    public static String metres(OptionalDouble metres) {
        return metres.isPresent() ? String.format(Locale.ROOT, "%.0f m", metres.getAsDouble()) : "-";
    }

    /** A time in UTC to the second, or a dash. */
    public static String second(Optional<Instant> time) {
        return time.map(TextTable::second).orElse("-");
    }

    /** A time in UTC to the second. */
    public static String second(Instant time) {
        return time(time.truncatedTo(ChronoUnit.SECONDS));
    }

    /** The end of a wait in UTC, to the second. Rounded up, so that it is not over when it is read. */
    public static String end(Instant time) {
        return Times.words(time);
    }

    /** Prints the heading and the rows; nothing if there are no rows. */
    public void print(PrintWriter out) {
        if (rows.size() == 1) {
            return;
        }
        List<Integer> widths = new ArrayList<>();
        for (int number = 0; number < rows.get(0).size(); number++) {
            int column = number;
            widths.add(
                    rows.stream().mapToInt(row -> length(row.get(column))).max().orElseThrow());
        }
        rows.forEach(row -> out.println(line(row, widths)));
    }

    /**
     * One line of a table, with two blanks between its cells.
     *
     * @param widths the minimum width of each cell; negative to align it to the right
     */
    public static String line(List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            int width = widths.get(column);
            String blanks = " ".repeat(Math.max(0, Math.abs(width) - length(cell)));
            line.append(width < 0 ? blanks + cell : cell + blanks).append("  ");
        }
        return line.toString().stripTrailing();
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
