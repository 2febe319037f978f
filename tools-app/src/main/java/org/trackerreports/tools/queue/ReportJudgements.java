package org.trackerreports.tools.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.trackerreports.core.movement.Motions;
import org.trackerreports.core.movement.MovementReports;
import org.trackerreports.movement.Finding;
import org.trackerreports.movement.JudgedWindow;
import org.trackerreports.movement.OutlierFilter;
import org.trackerreports.movement.Report;
import org.trackerreports.movement.ReportRange;
import org.trackerreports.store.history.FlagFilter;
import org.trackerreports.store.history.History;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.tracker.Tracker;

/** Judges reports of a tracker again, from the stored ones around them. */
final class ReportJudgements {

    private static final Instant EARLIEST = Instant.parse("2001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
    private static final Duration FIRST = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final History history;
    private final Tracker tracker;
    private final Instant now;

    ReportJudgements(History history, Tracker tracker, Instant now) {
        this.history = history;
        this.tracker = tracker;
        this.now = now;
    }

    /** The reports of a second. */
    List<StoredReport> at(Instant second) {
        return history.reports(query(second, second.plusSeconds(1)));
    }

    /** The reports around a time, nearest first. */
    List<StoredReport> near(Instant time) {
        List<StoredReport> found = new ArrayList<>(history.reports(query(time.minus(FIRST), time.plus(FIRST))));
        found.sort(Comparator.comparing(
                report -> Duration.between(report.timestamp(), time).abs()));
        return found;
    }

    /** Judges a report, with as many others before and after it as that needs. */
    ReportExplanation explain(StoredReport report) {
        Duration before = FIRST;
        Duration after = FIRST;
        while (true) {
            boolean all = before.compareTo(LONGEST) >= 0;
            boolean toEnd = after.compareTo(LONGEST) >= 0;
            Instant from = all ? EARLIEST : report.timestamp().minus(before);
            Instant to = toEnd ? LATEST : report.timestamp().plus(after);
            List<Report> around = new ArrayList<>();
            history.forEachReport(query(from, to), each -> {
                if (each.content().position().filter(Position::isOnEarth).isPresent()) {
                    around.add(MovementReports.of(each));
                }
            });
            JudgedWindow judged = new OutlierFilter(Motions.of(tracker.labels()))
                    .judgeWindow(new ReportRange(around, all, toEnd), report.timestamp(), report.timestamp(), now);
            if (judged.isComplete()) {
                return new ReportExplanation(tracker.name(), report, findings(judged, report.digest()));
            }
            before = judged.needsEarlier() ? before.multipliedBy(8) : before;
            after = judged.needsLater() ? after.multipliedBy(8) : after;
        }
    }

    private static List<Finding> findings(JudgedWindow judged, UUID digest) {
        return judged.judgements().stream()
                .filter(each -> each.report().digest().equals(digest))
                .findFirst()
                .map(each -> each.findings())
                .orElse(List.of());
    }

    private HistoryQuery query(Instant from, Instant to) {
        return HistoryQuery.of(tracker.id(), from, to).withMinimumConfidence(0).withFlags(FlagFilter.WITH);
    }
}
