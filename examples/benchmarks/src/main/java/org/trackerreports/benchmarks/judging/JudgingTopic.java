package org.trackerreports.benchmarks.judging;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.trackerreports.benchmarks.Comparison;
import org.trackerreports.benchmarks.Series;
import org.trackerreports.benchmarks.Setting;
import org.trackerreports.benchmarks.Topic;
import org.trackerreports.benchmarks.Turns;

/**
 * What the feed, latest positions and the judgement of movement cost for each report: processor time of a writer and its server with
 * them, and without them.
 */
public final class JudgingTopic implements Topic {

    private static final int WARM_UPS = 10;
    private static final int TRACKERS_OF_A_HUNDRED_IDS = 10;

    @Override
    public void measure(Setting setting, Consumer<Comparison> results) throws Exception {
        int trackers = Math.max(Writer.BATCH, setting.effort().manyIds() / TRACKERS_OF_A_HUNDRED_IDS);
        setting.tell("  storing " + trackers + " trackers with a day of reports, twice");
        try (Writer judged = Writer.withFeed(setting, trackers);
                Writer alone = Writer.withoutFeed(setting, trackers)) {
            for (int each : Writer.SIZES) {
                // Until the compilers have done their work on both.
                for (int i = 0; i < WARM_UPS; i++) {
                    judged.microsForEachReport(each);
                    alone.microsForEachReport(each);
                }
                List<Series> series = new Turns()
                        .with("with them", () -> judged.microsForEachReport(each))
                        .with("the writer alone", () -> alone.microsForEachReport(each))
                        .measure(setting);
                results.accept(new Comparison(
                        String.format(
                                Locale.ROOT,
                                "processor time to store a report, with feed, latest positions and movement, %d of each tracker at a time",
                                each),
                        "µs",
                        Comparison.Kind.COST,
                        series.get(0),
                        series.get(1)));
            }
        }
    }
}
