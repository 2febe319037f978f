package org.trackerreports.benchmarks.evaluation;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trackerreports.movement.Finding;
import org.trackerreports.movement.Flag;
import org.trackerreports.movement.Judgement;
import org.trackerreports.movement.Motion;
import org.trackerreports.movement.OutlierFilter;
import org.trackerreports.movement.Report;

/** A way to find wrong reports. Those of other programs are written from descriptions of what they do. */
public enum OutlierRule {
    /** This project's, with trackers labelled by how they move. */
    LABELLED("this project, `motion` label") {
        @Override
        List<Judgement> judge(SimulatedTracker tracker) {
            return new OutlierFilter(tracker.label())
                    .judge(tracker.reports(), end(tracker))
                    .all();
        }
    },
    /** This project's, without labels. */
    UNLABELLED("this project, no label") {
        @Override
        List<Judgement> judge(SimulatedTracker tracker) {
            return new OutlierFilter(Motion.PLANE)
                    .judge(tracker.reports(), end(tracker))
                    .all();
        }
    },
    /** Traccar: the speed from the last accepted position, here with the same limit as a labelled tracker. */
    TRACCAR("Traccar, limit of the label") {
        @Override
        List<Judgement> judge(SimulatedTracker tracker) {
            Set<Report> wrong = new HashSet<>();
            Report last = null;
            for (Report report : tracker.reports()) {
                if (last != null && speed(last, report) > tracker.label().metresPerSecond()) {
                    wrong.add(report);
                } else {
                    last = report;
                }
            }
            return judgements(tracker, wrong);
        }
    },
    /** Dawarich: faster than 1,000 km/h and three times the median, both from the report before and to the one after. */
    DAWARICH("Dawarich") {
        @Override
        List<Judgement> judge(SimulatedTracker tracker) {
            List<Report> reports = tracker.reports();
            double[] speeds = new double[Math.max(0, reports.size() - 1)];
            Arrays.setAll(speeds, i -> speed(reports.get(i), reports.get(i + 1)));
            double[] sorted = speeds.clone();
            Arrays.sort(sorted);
            double median = sorted.length == 0 ? 0 : sorted[sorted.length / 2];
            double limit = Math.max(1000 / 3.6, 3 * median);
            Set<Report> wrong = new HashSet<>();
            for (int i = 1; i + 1 < reports.size(); i++) {
                if (speeds[i - 1] > limit && speeds[i] > limit) {
                    wrong.add(reports.get(i));
                }
            }
            return judgements(tracker, wrong);
        }
    },
    /** Every report is believed. */
    NONE("no rule") {
        @Override
        List<Judgement> judge(SimulatedTracker tracker) {
            return judgements(tracker, Set.of());
        }
    };

    private static final double COARSE_METRES = 200;

    private final String title;

    OutlierRule(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** The reports in event order, the wrong ones flagged. */
    abstract List<Judgement> judge(SimulatedTracker tracker);

    /** Long after the last report, so that nothing waits for confirmation. */
    private static Instant end(SimulatedTracker tracker) {
        return SimulatedTracker.START.plus(Duration.ofDays(tracker.days() + 7L));
    }

    private static double speed(Report from, Report to) {
        return Ways.metres(from, to)
                / Math.max(1, Duration.between(from.time(), to.time()).toSeconds());
    }

    /** Coarse reports decide no place with any rule: what is compared is how wrong ones are found. */
    private static List<Judgement> judgements(SimulatedTracker tracker, Set<Report> wrong) {
        return tracker.reports().stream()
                .map(report -> new Judgement(report, findings(report, wrong.contains(report))))
                .toList();
    }

    private static List<Finding> findings(Report report, boolean wrong) {
        if (wrong) {
            return List.of(new Finding(Flag.SPEED, Map.of()));
        }
        return report.accuracy().orElse(0) >= COARSE_METRES ? List.of(new Finding(Flag.COARSE, Map.of())) : List.of();
    }
}
