package org.trackerreports.store.internal.movement;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.trackerreports.store.internal.inbox.MovementDue;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.movement.Judge;
import org.trackerreports.store.movement.JudgingSettings;
import org.trackerreports.store.place.Place;
import org.trackerreports.store.report.StoredReport;

/**
 * Computes the transitions of a tracker at all its places, reading its reports once. It begins at a checkpoint, before which nothing can
 * change any more, so that a tracker that has been at home for a year costs no more than a new one.
 */
final class PlaceFolds {

    private static final int CHUNK = 20_000;

    /** A checkpoint moves once a day. */
    private static final Duration CHECKPOINT_STEP = Duration.ofDays(1);

    private final Connection connection;
    private final Judge judge;
    private final int minimumConfidence;
    private final Instant checkpointAt;
    private final WindowReader reader;

    PlaceFolds(Connection connection, Judge judge, JudgingSettings settings, Instant now) {
        this.connection = connection;
        this.judge = judge;
        this.minimumConfidence = settings.minimumConfidence();
        this.checkpointAt = now.minus(settings.finality());
        this.reader = new WindowReader(connection);
    }

    /**
     * The transitions of a tracker.
     *
     * @param places at least one
     * @param changedFrom the earliest time of a report that changed
     */
    List<PlaceFold> of(long tracker, List<Place> places, Instant changedFrom) throws SQLException {
        Map<Long, Checkpoint> known = checkpoints(tracker);
        List<PlaceFold> folds = places.stream()
                .map(place -> Optional.ofNullable(known.get(place.id()))
                        .filter(checkpoint -> !checkpoint.asOf().isAfter(changedFrom))
                        .map(checkpoint ->
                                new PlaceFold(tracker, place, checkpoint.asOf(), Optional.of(checkpoint.state())))
                        .orElseGet(() -> new PlaceFold(tracker, place, MovementDue.BEGINNING, Optional.empty())))
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
            List<StoredReport> deciding = reports.stream()
                    .filter(report ->
                            report.content().confidence() >= minimumConfidence && WindowReader.isOnEarth(report))
                    .toList();
            folds.forEach(fold -> fold.add(deciding, judge, checkpointAt));
            if (!reports.isEmpty()) {
                StoredReport last = reports.get(reports.size() - 1);
                time = last.timestamp();
                digest = last.digest();
            }
        } while (full);
        return folds;
    }

    /** Reports of one second can be one sighting, so they are judged together. */
    private static List<StoredReport> withoutLastSecond(List<StoredReport> reports) {
        Instant last = reports.get(reports.size() - 1).timestamp();
        List<StoredReport> before = reports.stream()
                .filter(report -> report.timestamp().isBefore(last))
                .toList();
        return before.isEmpty() ? reports : before;
    }

    private record Checkpoint(Instant asOf, String state) {}

    private Map<Long, Checkpoint> checkpoints(long tracker) throws SQLException {
        Map<Long, Checkpoint> checkpoints = new HashMap<>();
        Sql.on(connection, "SELECT place_id, as_of, state FROM place_checkpoints WHERE tracker_id = ?", tracker)
                .forEach(row -> checkpoints.put(
                        row.getLong("place_id"), new Checkpoint(Sql.instant(row, "as_of"), row.getString("state"))));
        return checkpoints;
    }

    /** Keeps the new checkpoint of a fold, unless the one that it began with is young. */
    void save(long tracker, PlaceFold fold) throws SQLException {
        if (fold.checkpoint().isEmpty() || !checkpointAt.isAfter(fold.from().plus(CHECKPOINT_STEP))) {
            return;
        }
        Sql.on(
                        connection,
                        "INSERT INTO place_checkpoints VALUES (?, ?, ?, ?::jsonb) ON CONFLICT (tracker_id, place_id)"
                                + " DO UPDATE SET as_of = EXCLUDED.as_of, state = EXCLUDED.state",
                        tracker,
                        fold.place().id(),
                        checkpointAt,
                        fold.checkpoint().get())
                .update();
    }
}
