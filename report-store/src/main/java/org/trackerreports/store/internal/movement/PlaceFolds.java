package org.trackerreports.store.internal.movement;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.trackerreports.store.internal.movement.PlaceCheckpoints.Known;
import org.trackerreports.store.movement.Judge;
import org.trackerreports.store.movement.JudgingSettings;
import org.trackerreports.store.place.Place;
import org.trackerreports.store.report.StoredReport;

/** Computes the transitions of a tracker at all its places, reading its reports once. It begins at a checkpoint. */
final class PlaceFolds {

    private static final int CHUNK = 20_000;

    /** So many of the newest reports are read again with each new one: most that come late, or whose flags change, are among them. */
    private static final int RECENT = 10;

    private final Judge judge;
    private final int minimumConfidence;
    private final Instant finalBefore;
    private final WindowReader reader;
    private final PlaceCheckpoints checkpoints;

    PlaceFolds(Connection connection, Judge judge, JudgingSettings settings, Instant now) {
        this.judge = judge;
        this.minimumConfidence = settings.minimumConfidence();
        this.finalBefore = now.minus(settings.finality());
        this.reader = new WindowReader(connection);
        this.checkpoints = new PlaceCheckpoints(connection, finalBefore);
    }

    /**
     * The transitions of a tracker.
     *
     * @param places at least one
     * @param changedFrom the earliest time of a report that changed
     */
    List<PlaceFold> of(long tracker, List<Place> places, Instant changedFrom) throws SQLException {
        Map<Long, Known> known = checkpoints.of(tracker);
        List<PlaceFold> folds = places.stream()
                .map(place -> checkpoints.begin(
                        new PlaceFold.Subject(tracker, place), known.getOrDefault(place.id(), Known.NONE), changedFrom))
                .toList();
        // Before the first report at the earliest checkpoint.
        Instant time = folds.stream()
                .map(PlaceFold::from)
                .min(Instant::compareTo)
                .orElseThrow()
                .minusNanos(1_000);
        UUID digest = new UUID(-1, -1);
        boolean full;
        do {
            List<StoredReport> reports = reader.next(tracker, time, digest, CHUNK);
            full = reports.size() == CHUNK;
            if (full) {
                reports = withoutLastSecond(reports);
            }
            if (!full && reports.size() > 2 * RECENT) {
                Instant mark = reports.get(reports.size() - RECENT).timestamp();
                List<StoredReport> before = before(mark, reports);
                add(folds, before);
                folds.forEach(fold -> fold.mark(mark));
                add(folds, reports.subList(before.size(), reports.size()));
            } else {
                add(folds, reports);
            }
            if (!reports.isEmpty()) {
                StoredReport last = reports.get(reports.size() - 1);
                time = last.timestamp();
                digest = last.digest();
            }
        } while (full);
        return folds;
    }

    /** Whole seconds only: reports of one second can be one sighting, so they are judged together. */
    private void add(List<PlaceFold> folds, List<StoredReport> reports) {
        List<StoredReport> deciding = reports.stream()
                .filter(report -> report.content().confidence() >= minimumConfidence && WindowReader.isOnEarth(report))
                .toList();
        folds.forEach(fold -> fold.add(deciding, judge, finalBefore));
    }

    private static List<StoredReport> withoutLastSecond(List<StoredReport> reports) {
        List<StoredReport> before = before(reports.get(reports.size() - 1).timestamp(), reports);
        return before.isEmpty() ? reports : before;
    }

    /** The first of these reports, which are in event order. */
    private static List<StoredReport> before(Instant time, List<StoredReport> reports) {
        return reports.stream()
                .filter(report -> report.timestamp().isBefore(time))
                .toList();
    }

    /** Keeps how far a fold came; of one that failed nothing. */
    void save(PlaceFold fold) throws SQLException {
        if (fold.failure().isPresent()) {
            checkpoints.forgetOutdated(fold);
        } else {
            checkpoints.save(fold);
        }
    }
}
