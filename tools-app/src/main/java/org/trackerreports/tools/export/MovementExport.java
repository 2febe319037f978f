package org.trackerreports.tools.export;

import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.trackerreports.store.history.FlagFilter;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.report.Position;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.SelectedReports;
import org.trackerreports.tools.movement.NamedTransition;
import org.trackerreports.tools.movement.StoredMovement;
import org.trackerreports.tools.movement.StoredTransitions;
import org.trackerreports.tools.movement.TrackerStay;

/** Writes what follows from reports: stays and transitions. */
final class MovementExport {

    private static final List<String> STAY = List.of(
            "tracker",
            "from",
            "to",
            RowWriter.LATITUDE,
            RowWriter.LONGITUDE,
            "certain_seconds",
            "assumed",
            "place",
            "nearest_city",
            "reports");
    private static final List<String> TRANSITION = List.of(
            "id",
            "revision",
            "tracker",
            "place",
            "direction",
            "event_time",
            "decided_time",
            RowWriter.LATITUDE,
            RowWriter.LONGITUDE,
            "late");

    private final SelectedReports selected;
    private final ExportFormat format;
    private final Writer out;
    private long written;

    MovementExport(SelectedReports selected, ExportFormat format, Writer out) {
        this.selected = selected;
        this.format = format;
        this.out = out;
    }

    /** Returns the number of stays. */
    long stays() throws IOException {
        StoredMovement movement = new StoredMovement(selected.store(), selected.minConfidence());
        try (RowWriter rows = RowWriter.of(format, out, STAY)) {
            for (Tracker tracker : selected.trackers()) {
                for (TrackerStay stay : movement.stays(tracker, selected.range())) {
                    rows.row(
                            Optional.of(new Position(stay.latitude(), stay.longitude())),
                            tracker.name(),
                            stay.from().toString(),
                            stay.to().toString(),
                            stay.stay().certainSeconds(),
                            stay.isAssumed(),
                            stay.place().orElse(null),
                            stay.nearestCity().orElse(null),
                            stay.stay().reports());
                    written++;
                }
            }
        }
        return written;
    }

    /** Returns the number of transitions. Each is where the report was that caused it. */
    long transitions() throws IOException {
        StoredTransitions stored = new StoredTransitions(
                selected.store(), selected.store().places().list());
        try (RowWriter rows = RowWriter.of(format, out, TRANSITION)) {
            for (Tracker tracker : selected.trackers()) {
                List<NamedTransition> transitions = stored.of(List.of(tracker), selected.range(), false);
                Map<UUID, Position> positions = positions(tracker, transitions);
                for (NamedTransition each : transitions) {
                    rows.row(
                            Optional.ofNullable(positions.get(each.transition().causingDigest())),
                            each.transition().id().toString(),
                            each.transition().revision(),
                            each.tracker(),
                            each.place(),
                            each.transition().direction().text(),
                            each.transition().eventTime().toString(),
                            each.transition().decidedTime().toString(),
                            each.transition().late());
                    written++;
                }
            }
        }
        return written;
    }

    private Map<UUID, Position> positions(Tracker tracker, List<NamedTransition> transitions) {
        Map<UUID, Position> positions = new HashMap<>();
        if (!transitions.isEmpty()) {
            Set<UUID> causing = transitions.stream()
                    .map(each -> each.transition().causingDigest())
                    .collect(Collectors.toSet());
            HistoryQuery every = HistoryQuery.of(
                            tracker.id(),
                            transitions.get(0).transition().eventTime(),
                            transitions
                                    .get(transitions.size() - 1)
                                    .transition()
                                    .eventTime()
                                    .plusSeconds(1))
                    .withMinimumConfidence(0)
                    .withFlags(FlagFilter.WITH);
            selected.history().forEachReport(every, report -> {
                if (causing.contains(report.digest())) {
                    report.content().position().ifPresent(position -> positions.put(report.digest(), position));
                }
            });
        }
        return positions;
    }
}
