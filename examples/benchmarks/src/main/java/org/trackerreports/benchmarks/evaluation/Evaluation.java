package org.trackerreports.benchmarks.evaluation;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.trackerreports.simulator.world.Journey;

/** All rules on the same simulated trackers. */
public final class Evaluation {

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

    private static void head(StringBuilder text, String first) {
        text.append("| ")
                .append(first)
                .append(" | found, 2–5 km | 5–20 km | over 20 km | over 5 km | precision | right ones flagged")
                .append(" | excess way, km/day | false transitions per 1,000 days |\n|---|")
                .append("---|".repeat(8))
                .append('\n');
    }

    private static void row(StringBuilder text, String name, Score score) {
        text.append("| ").append(name).append(" | ").append(score.columns()).append(" |\n");
    }
}
