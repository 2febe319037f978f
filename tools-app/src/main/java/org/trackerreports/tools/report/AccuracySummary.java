package org.trackerreports.tools.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.trackerreports.findmy.report.LocationReport;
import org.trackerreports.tools.text.BarChart;
import org.trackerreports.tools.text.Json;

/**
 * How accuracy and confidence are distributed over reports.
 *
 * @param undecryptable reports that could not be read
 * @param accuracies horizontal accuracies in metres, ascending
 * @param confidences how many reports have each confidence
 */
public record AccuracySummary(int undecryptable, List<Integer> accuracies, Map<Integer, Integer> confidences) {

    /** The lower bounds of the bars, in metres. The accuracy is one byte; 255 means 255 or more. */
    private static final List<Integer> BARS = List.of(0, 10, 20, 50, 100, 200, 255);

    private static final int MAX_METRES = 255;

    /** Summarizes reports. */
    public static AccuracySummary of(List<ReportLine> lines) {
        List<LocationReport> located = lines.stream()
                .map(ReportLine::location)
                .flatMap(Optional::stream)
                .toList();
        Map<Integer, Integer> confidences = new TreeMap<>();
        located.forEach(report -> confidences.merge(report.confidence(), 1, Integer::sum));
        return new AccuracySummary(
                lines.size() - located.size(),
                located.stream()
                        .map(LocationReport::horizontalAccuracy)
                        .sorted()
                        .toList(),
                confidences);
    }

    /** The accuracy that this share of the reports reaches; there must be at least one report. */
    private int quantile(double share) {
        return accuracies.get((int) Math.ceil(share * accuracies.size()) - 1);
    }

    private int between(int from, int to) {
        return (int)
                accuracies.stream().filter(each -> each >= from && each <= to).count();
    }

    private static int lastOf(int bar) {
        return bar == BARS.size() - 1 ? MAX_METRES : BARS.get(bar + 1) - 1;
    }

    /** The summary as an object; see the README for its fields. */
    public ObjectNode json() {
        ObjectNode json = Json.object().put("reports", accuracies.size()).put("undecryptable", undecryptable);
        boolean any = !accuracies.isEmpty();
        json.put("accuracy_min_m", any ? accuracies.get(0) : null)
                .put("accuracy_median_m", any ? (Integer) quantile(0.5) : null)
                .put("accuracy_p90_m", any ? (Integer) quantile(0.9) : null)
                .put("accuracy_max_m", any ? (Integer) quantile(1) : null);
        ArrayNode bars = json.putArray("accuracy_distribution");
        for (int bar = 0; bar < BARS.size(); bar++) {
            bars.addObject()
                    .put("from_m", BARS.get(bar))
                    .put("to_m", lastOf(bar))
                    .put("reports", between(BARS.get(bar), lastOf(bar)));
        }
        ArrayNode classes = json.putArray("confidence_distribution");
        confidences.forEach((confidence, count) ->
                classes.addObject().put("confidence", confidence).put("reports", count));
        return json;
    }

    /** The summary for people, with a chart of each distribution. */
    public void print(PrintWriter out) {
        out.println(
                accuracies.size() + " reports" + (undecryptable > 0 ? ", " + undecryptable + " undecryptable" : ""));
        if (accuracies.isEmpty()) {
            return;
        }
        out.println("Horizontal accuracy: median " + quantile(0.5) + " m, nine of ten within " + quantile(0.9)
                + " m, from " + accuracies.get(0) + " to " + quantile(1) + " m");
        BarChart accuracy = new BarChart();
        for (int bar = 0; bar < BARS.size(); bar++) {
            String label = BARS.get(bar) == MAX_METRES ? "255 m or more" : BARS.get(bar) + " to " + lastOf(bar) + " m";
            accuracy.bar(label, between(BARS.get(bar), lastOf(bar)));
        }
        accuracy.print(out);
        out.println("Confidence");
        BarChart confidence = new BarChart();
        confidences.forEach((value, count) -> confidence.bar(Integer.toString(value), count));
        confidence.print(out);
    }
}
