package org.trackerreports.benchmarks.evaluation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.trackerreports.benchmarks.chart.Bar;
import org.trackerreports.benchmarks.chart.Chart;
import org.trackerreports.benchmarks.chart.Panel;
import org.trackerreports.simulator.world.Journey;

/** All rules on the same simulated trackers. */
public final class Evaluation {

    private static final List<Column> COLUMNS = List.of(
            new Column("found, 2–5 km", "Found, of errors of 2–5 km: more is better", "%"),
            new Column("5–20 km", "Found, of errors of 5–20 km: more is better", "%"),
            new Column("over 20 km", "Found, of errors over 20 km: more is better", "%"),
            new Column("over 5 km", "Found, of errors over 5 km: more is better", "%"),
            new Column("precision", "Precision: more is better", "%"),
            new Column("right ones flagged", "Right ones flagged: less is better", "%"),
            new Column("excess way, km/day", "Excess way: less is better", "km/day"),
            new Column("false transitions per 1,000 days", "False transitions: less is better", "in 1,000 days"));

    private static final int LABEL_WIDTH = 205;

    private final Map<OutlierRule, Map<Journey, Score>> scores = new EnumMap<>(OutlierRule.class);
    private long reports;
    private long days;

    /**
     * Evaluates.
     *
     * @param seeds one world for each
     * @param perJourney trackers of each journey in a world
     */
    public Evaluation(List<Long> seeds, int perJourney, int trackerDays) {
        for (OutlierRule rule : OutlierRule.values()) {
            Map<Journey, Score> byJourney = new EnumMap<>(Journey.class);
            for (Journey journey : Journey.values()) {
                byJourney.put(journey, new Score());
            }
            scores.put(rule, byJourney);
        }
        for (long seed : seeds) {
            for (SimulatedTracker tracker : SimulatedTracker.make(seed, perJourney, trackerDays)) {
                reports += tracker.reports().size();
                days += tracker.days();
                scores.forEach((rule, byJourney) ->
                        Objects.requireNonNull(byJourney.get(tracker.journey())).add(tracker, rule.judge(tracker)));
            }
        }
    }

    /** The score of a rule on all trackers. */
    public Score of(OutlierRule rule) {
        Score all = new Score();
        Objects.requireNonNull(scores.get(rule)).values().forEach(all::add);
        return all;
    }

    /** The tables in Markdown. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%,d reports of %,d tracker-days.%n%n", reports, days));
        head(text, "rule");
        for (OutlierRule rule : OutlierRule.values()) {
            row(text, rule.title(), of(rule));
        }
        for (OutlierRule rule : List.of(OutlierRule.LABELLED, OutlierRule.UNLABELLED)) {
            text.append('\n').append(rule.title().substring(0, 1).toUpperCase(Locale.ROOT));
            text.append(rule.title().substring(1)).append(", by journey:\n\n");
            head(text, "journey");
            Objects.requireNonNull(scores.get(rule))
                    .forEach((journey, score) ->
                            row(text, journey.name().toLowerCase(Locale.ROOT).replace('_', ' '), score));
        }
        return text.toString();
    }

    /** The first table as a chart. */
    public Chart chart() {
        List<Panel> panels = new ArrayList<>();
        for (int i = 0; i < COLUMNS.size(); i++) {
            List<Bar> bars = new ArrayList<>();
            for (OutlierRule rule : OutlierRule.values()) {
                bars.add(new Bar(
                        rule.title().replace("`", ""),
                        of(rule).columns().get(i),
                        "",
                        rule.title().startsWith("this")));
            }
            Column column = COLUMNS.get(i);
            panels.add(new Panel(column.title, column.unit, Panel.Scale.LINEAR, bars));
        }
        return new Chart("How well wrong positions are found", 2, LABEL_WIDTH, panels);
    }

    private static void head(StringBuilder text, String first) {
        text.append("| ").append(first).append(" |");
        COLUMNS.forEach(column -> text.append(' ').append(column.head).append(" |"));
        text.append("\n|---|").append("---|".repeat(COLUMNS.size())).append('\n');
    }

    private static void row(StringBuilder text, String name, Score score) {
        text.append("| ")
                .append(name)
                .append(" | ")
                .append(String.join(" | ", score.columns()))
                .append(" |\n");
    }

    /**
     * A column of the tables.
     *
     * @param head above it
     * @param title of its panel in the chart
     * @param unit of its figures
     */
    private record Column(String head, String title, String unit) {}
}
