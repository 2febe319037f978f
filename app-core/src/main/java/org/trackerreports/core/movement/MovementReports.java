package org.trackerreports.core.movement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.trackerreports.movement.Finding;
import org.trackerreports.movement.Flag;
import org.trackerreports.movement.Judgement;
import org.trackerreports.movement.Report;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.report.StoredReport;

/** Turns stored reports into those that the module {@code movement} judges. */
public final class MovementReports {

    private static final Map<String, Flag> FLAGS =
            Set.of(Flag.values()).stream().collect(Collectors.toMap(Flag::name, flag -> flag));

    private MovementReports() {}

    /** A stored report. It must have a position on earth. */
    public static Report of(StoredReport report) {
        Position position = report.content().position().orElseThrow();
        return new Report(
                report.digest(),
                report.hashedAdvKey(),
                report.timestamp(),
                report.receivedAt(),
                position.latitude(),
                position.longitude(),
                report.content().horizontalAccuracy(),
                report.content().confidence());
    }

    /**
     * Stored reports with the flags that they have. A report without a position on earth is left out, and so is one whose flags were not
     * given by a judge.
     */
    public static List<Judgement> judgements(List<StoredReport> reports) {
        List<Judgement> judgements = new ArrayList<>(reports.size());
        for (StoredReport report : reports) {
            boolean onEarth =
                    report.content().position().filter(Position::isOnEarth).isPresent();
            if (onEarth && FLAGS.keySet().containsAll(report.content().flags())) {
                judgements.add(new Judgement(
                        of(report),
                        report.content().flags().stream()
                                .map(flag -> new Finding(Objects.requireNonNull(FLAGS.get(flag)), Map.of()))
                                .toList()));
            }
        }
        return judgements;
    }
}
