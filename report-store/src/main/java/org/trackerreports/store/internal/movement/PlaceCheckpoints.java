package org.trackerreports.store.internal.movement;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.trackerreports.store.internal.sql.Sql;

/**
 * From where the transitions of a tracker at a place are computed again, so that a tracker that has been at home for a year costs no more
 * than a new one. There are two such times: before the first, nothing can change any more; it moves once a day. The second is some reports
 * before the newest one and counts as long as nothing changes before it, which is nearly always.
 */
final class PlaceCheckpoints {

    private static final Duration STEP = Duration.ofDays(1);

    private final Connection connection;
    private final Instant finalBefore;

    /** @param finalBefore reports before this time are final */
    PlaceCheckpoints(Connection connection, Instant finalBefore) {
        this.connection = connection;
        this.finalBefore = finalBefore;
    }

    /**
     * Where a fold stood.
     *
     * @param asOf all reports before this time are in the state
     * @param state as the judge gave it
     */
    record Checkpoint(Instant asOf, String state) {}

    /** The checkpoints of a tracker at a place. */
    record Known(Optional<Checkpoint> settled, Optional<Checkpoint> recent) {

        static final Known NONE = new Known(Optional.empty(), Optional.empty());

        private Known with(boolean isRecent, Checkpoint checkpoint) {
            return isRecent ? new Known(settled, Optional.of(checkpoint)) : new Known(Optional.of(checkpoint), recent);
        }
    }

    /** What is known of a tracker, by the ids of places. */
    Map<Long, Known> of(long tracker) throws SQLException {
        Map<Long, Known> known = new HashMap<>();
        Sql.on(connection, "SELECT place_id, recent, as_of, state FROM place_checkpoints WHERE tracker_id = ?", tracker)
                .forEach(row -> {
                    Checkpoint checkpoint = new Checkpoint(Sql.instant(row, "as_of"), row.getString("state"));
                    boolean recent = row.getBoolean("recent");
                    known.merge(
                            row.getLong("place_id"),
                            Known.NONE.with(recent, checkpoint),
                            (before, one) -> before.with(recent, checkpoint));
                });
        return known;
    }

    /**
     * A fold of everything that a change can have affected.
     *
     * @param changedFrom the earliest time of a report that changed
     */
    PlaceFold begin(PlaceFold.Subject subject, Known known, Instant changedFrom) {
        Optional<Checkpoint> settled = known.settled().filter(one -> !one.asOf().isAfter(changedFrom));
        Optional<Checkpoint> recent = known.recent()
                .filter(one -> !one.asOf().isAfter(changedFrom))
                // Once a day, the other one has to move.
                .filter(one -> settled.isPresent() && !mustMove(settled.get().asOf()));
        return new PlaceFold(subject, known, recent.or(() -> settled), recent.isPresent());
    }

    private boolean mustMove(Instant settled) {
        return finalBefore.isAfter(settled.plus(STEP));
    }

    /** Keeps the checkpoints that a fold came by. */
    void save(PlaceFold fold) throws SQLException {
        Optional<String> settled = fold.settledState();
        if (settled.isPresent() && mustMove(fold.from())) {
            save(fold, false, new Checkpoint(finalBefore, settled.get()));
        }
        if (fold.recent().isPresent()) {
            save(fold, true, fold.recent().get());
        } else {
            forgetOutdated(fold);
        }
    }

    /** Forgets the recent checkpoint of a fold that had to begin before it. */
    void forgetOutdated(PlaceFold fold) throws SQLException {
        if (!fold.beganAtRecent() && fold.known().recent().isPresent()) {
            Sql.on(
                            connection,
                            "DELETE FROM place_checkpoints WHERE tracker_id = ? AND place_id = ? AND recent",
                            fold.subject().tracker(),
                            fold.subject().place().id())
                    .update();
        }
    }

    private void save(PlaceFold fold, boolean recent, Checkpoint checkpoint) throws SQLException {
        Sql.on(
                        connection,
                        "INSERT INTO place_checkpoints (tracker_id, place_id, recent, as_of, state) VALUES (?, ?, ?, ?, ?::jsonb)"
                                + " ON CONFLICT (tracker_id, place_id, recent)"
                                + " DO UPDATE SET as_of = EXCLUDED.as_of, state = EXCLUDED.state",
                        fold.subject().tracker(),
                        fold.subject().place().id(),
                        recent,
                        checkpoint.asOf(),
                        checkpoint.state())
                .update();
    }
}
