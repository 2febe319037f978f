package org.trackerreports.tools.text;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Rows under a heading, each column as wide as its widest cell. */
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

    /** A moment as tables show it, in UTC. */
    public static String time(Instant time) {
        return time.toString().replace('T', ' ').replace("Z", "");
    }

    /** A coordinate as tables show it, to the last digit that a report has. */
    public static String degrees(double degrees) {
        return String.format(Locale.ROOT, "%.7f", degrees);
    }

    /** A length as tables show it, or a dash. */
    public static String metres(OptionalDouble metres) {
        return metres.isPresent() ? String.format(Locale.ROOT, "%.0f m", metres.getAsDouble()) : "-";
    }

    public void print(PrintWriter out) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(
                        widths[column],
                        row.get(column).codePointCount(0, row.get(column).length()));
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String cell = row.get(column);
                line.append(cell).append(" ".repeat(widths[column] - cell.codePointCount(0, cell.length()) + 2));
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
