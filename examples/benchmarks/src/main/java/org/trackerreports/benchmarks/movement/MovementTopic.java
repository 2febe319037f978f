package org.trackerreports.benchmarks.movement;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.trackerreports.benchmarks.Comparison;
import org.trackerreports.benchmarks.JmhFork;
import org.trackerreports.benchmarks.Series;
import org.trackerreports.benchmarks.Setting;
import org.trackerreports.benchmarks.Topic;
import org.trackerreports.benchmarks.Turns;

/** Flags, stays and transitions in one thread, compared with the reports that a million trackers have every half hour. */
public final class MovementTopic implements Topic {

    private static final double REPORTS_PER_SECOND = 1_000_000 / 1_800.0;

    @Override
    public void measure(Setting setting, Consumer<Comparison> results) throws Exception {
        Turns turns = new Turns();
        for (String what : List.of("flags", "stays", "transitions")) {
            turns.with(what, () -> JmhFork.perSecond(setting.effort(), MovementBenchmark.class, what, Map.of()));
        }
        Series needed = new Series("1,000,000 trackers, a report each half hour", REPORTS_PER_SECOND);
        List<Series> series = turns.measure(setting);
        results.accept(comparison("reports judged (flags), one thread", series.get(0), needed));
        results.accept(comparison("reports divided into stays and trips, one thread", series.get(1), needed));
        results.accept(comparison("reports held against 3 places, one thread", series.get(2), needed));
    }

    private static Comparison comparison(String what, Series own, Series needed) {
        return new Comparison(what, "reports/s", Comparison.Kind.RATE, own, needed);
    }
}
