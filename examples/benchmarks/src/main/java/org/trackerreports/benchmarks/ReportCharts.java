package org.trackerreports.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.trackerreports.benchmarks.chart.Bar;
import org.trackerreports.benchmarks.chart.Chart;
import org.trackerreports.benchmarks.chart.Panel;

/**
 * Draws each {@link ResultTable} of a report in Markdown as a chart, and shows it below the table. Other tables and all texts stay, so that a report that a
 * person went on writing can be drawn again.
 */
final class ReportCharts {

    private static final String PICTURE = "![The table above as bars](";
    private static final int LABEL_WIDTH = 420;

    private ReportCharts() {}

    /**
     * Draws the charts of a report.
     *
     * @param report is changed: its tables get their pictures
     * @param directory of the pictures
     */
    static void draw(Path report, Path directory) throws IOException {
        List<String> lines = Files.readAllLines(report);
        String name =
                report.getFileName().toString().replaceFirst("\\.[^.]*$", "").toLowerCase(Locale.ROOT);
        List<String> drawn = new ArrayList<>();
        int charts = 0;
        for (int i = 0; i < lines.size(); i++) {
            drawn.add(lines.get(i));
            if (!lines.get(i).equals(ResultTable.HEAD)) {
                continue;
            }
            List<Row> rows = new ArrayList<>();
            while (i + 1 < lines.size() && lines.get(i + 1).startsWith("|")) {
                i++;
                drawn.add(lines.get(i));
                if (!lines.get(i).equals(ResultTable.RULE)) {
                    rows.add(Row.of(lines.get(i)));
                }
            }
            if (i + 2 < lines.size() && lines.get(i + 2).startsWith(PICTURE)) {
                i += 2;
            }
            if (!rows.isEmpty()) {
                charts++;
                Path picture = directory.resolve(name + "-" + charts + ".svg");
                new Chart("Results of findmy bench", 1, LABEL_WIDTH, panels(rows)).write(picture);
                drawn.add("");
                drawn.add(PICTURE + link(report, picture) + ")");
            }
        }
        Files.write(report, drawn);
    }

    private static String link(Path report, Path picture) {
        return report.toAbsolutePath()
                .normalize()
                .resolveSibling(".")
                .normalize()
                .relativize(picture.toAbsolutePath().normalize())
                .toString()
                .replace('\\', '/');
    }

    /** A panel for each unit, and in it what was measured, each above all that it is compared with. */
    private static List<Panel> panels(List<Row> rows) {
        Map<String, List<Row>> byUnit = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> row.better() + " (" + row.unit + ")", LinkedHashMap::new, Collectors.toList()));
        List<Panel> panels = new ArrayList<>();
        byUnit.forEach((title, same) -> panels.add(panel(title, same.get(0).unit, bars(same))));
        return panels;
    }

    /** Beside figures of more than ten times their size, others would not be seen. */
    private static Panel panel(String title, String unit, List<Bar> bars) {
        DoubleSummaryStatistics values = bars.stream().mapToDouble(Bar::value).summaryStatistics();
        return new Panel(
                title,
                unit,
                values.getMax() > 10 * values.getMin() ? Panel.Scale.LOGARITHMIC : Panel.Scale.LINEAR,
                bars);
    }

    private static List<Bar> bars(List<Row> rows) {
        Map<String, List<Row>> byMeasured = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> row.what + " | " + row.measured, LinkedHashMap::new, Collectors.toList()));
        List<Bar> bars = new ArrayList<>();
        byMeasured.values().forEach(same -> {
            Row first = same.get(0);
            String ratios = same.stream().map(Row::times).collect(Collectors.joining(", "));
            bars.add(new Bar(first.what, first.measured, "(" + ratios + " " + first.words() + ")", true));
            same.forEach(row -> bars.add(new Bar("compared with " + row.other, row.otherMeasured, "", false)));
        });
        return bars;
    }

    /** A row of the table. */
    private record Row(String what, String unit, String measured, String other, String otherMeasured, String ratio) {

        static Row of(String line) {
            String[] cells = line.substring(1).split("\\|");
            if (cells.length != 6) {
                throw new IllegalArgumentException("This row has " + cells.length + " cells instead of 6: " + line);
            }
            return new Row(
                    cells[0].strip(),
                    cells[1].strip(),
                    cells[2].strip(),
                    cells[3].strip(),
                    cells[4].strip(),
                    cells[5].strip());
        }

        /** How many times as fast or as much. */
        String times() {
            return ratio.substring(0, ratio.indexOf(' '));
        }

        /** The words behind the ratio, without its spread. */
        String words() {
            return ratio.substring(ratio.indexOf("times"));
        }

        String better() {
            return ratio.endsWith("fast") && unit.endsWith("/s") ? "More is better" : "Less is better";
        }
    }
}
