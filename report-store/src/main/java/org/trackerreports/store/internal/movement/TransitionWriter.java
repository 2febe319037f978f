package org.trackerreports.store.internal.movement;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.trackerreports.store.internal.inbox.Announcements;
import org.trackerreports.store.internal.inbox.Change;
import org.trackerreports.store.internal.inbox.MovementDue;
import org.trackerreports.store.internal.place.JdbcPlaces;
import org.trackerreports.store.internal.place.TransitionRows;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.movement.Judge;
import org.trackerreports.store.movement.JudgingSettings;
import org.trackerreports.store.movement.PlaceJudgement.Decided;
import org.trackerreports.store.place.Place;
import org.trackerreports.store.place.Transition;

/**
 * Writes how the transitions that follow from the reports differ from what is stored: what is missing is recorded, what is not confirmed
 * any more is withdrawn, and what is confirmed again is restored. Not thread-safe.
 */
final class TransitionWriter {

    private final Connection connection;
    private final Instant now;
    private final Map<Long, RuntimeException> failed;
    private final PlaceFolds folds;
    private final List<Long> trackers = new ArrayList<>();
    private final List<UUID> ids = new ArrayList<>();
    private final List<Integer> revisions = new ArrayList<>();
    private int raised;
    private int withdrawn;

    TransitionWriter(
            Connection connection,
            Judge judge,
            JudgingSettings settings,
            Instant now,
            Map<Long, RuntimeException> failed) {
        this.failed = failed;
        this.connection = connection;
        this.now = now;
        this.folds = new PlaceFolds(connection, judge, settings, now);
    }

    int raised() {
        return raised;
    }

    int withdrawn() {
        return withdrawn;
    }

    /**
     * Writes what changed for these trackers.
     *
     * @param touched from when on their reports or flags changed
     * @param old the trackers whose transitions are no news
     */
    void write(Map<Long, ChangedRange> touched, Map<Long, Map<String, String>> labels, Set<Long> old)
            throws SQLException {
        List<Place> places = JdbcPlaces.list(connection);
        for (Map.Entry<Long, ChangedRange> entry : touched.entrySet()) {
            long tracker = entry.getKey();
            Map<String, String> own = Objects.requireNonNull(labels.get(tracker));
            List<Place> selected = new ArrayList<>();
            for (Place place : places) {
                if (place.content().isFor(own)) {
                    selected.add(place);
                } else if (old.contains(tracker)) {
                    withdrawAll(tracker, place);
                }
            }
            if (!selected.isEmpty()) {
                write(tracker, selected, entry.getValue().from(), old.contains(tracker));
            }
        }
        Announcements.judged(connection, Change.TRANSITIONS, trackers, List.of(), ids, revisions);
    }

    private void write(long tracker, List<Place> places, Instant from, boolean old) throws SQLException {
        for (PlaceFold fold : folds.of(tracker, places, from)) {
            if (fold.failure().isPresent()) {
                failed.put(tracker, fold.failure().get());
                MovementDue.failed(connection, tracker, from, now.plus(JudgingStep.TRY_AGAIN));
            } else {
                write(tracker, fold, old);
            }
            folds.save(fold);
        }
    }

    private void write(long tracker, PlaceFold fold, boolean old) throws SQLException {
        Map<UUID, Transition> stored = stored(tracker, fold.subject().place(), fold.from());
        for (Decided decided : fold.transitions()) {
            Transition known = stored.remove(decided.id());
            if (known == null) {
                insert(tracker, fold.subject().place(), decided, old);
            } else {
                keep(known, decided);
            }
        }
        for (Transition gone : stored.values()) {
            if (!gone.withdrawn()) {
                withdraw(gone);
            }
        }
    }

    private Map<UUID, Transition> stored(long tracker, Place place, Instant decidedFrom) throws SQLException {
        Map<UUID, Transition> stored = new LinkedHashMap<>();
        Sql.on(
                        connection,
                        "SELECT * FROM place_transitions WHERE tracker_id = ? AND place_id = ? AND decided_time >= ?"
                                + " ORDER BY event_time, id",
                        tracker,
                        place.id(),
                        decidedFrom)
                .forEach(row -> {
                    Transition transition = TransitionRows.read(row);
                    stored.put(transition.id(), transition);
                });
        return stored;
    }

    private void insert(long tracker, Place place, Decided decided, boolean old) throws SQLException {
        boolean late = old || decided.eventTime().plus(place.content().maxLag()).isBefore(now);
        // A transition that was withdrawn can have been decided at another time.
        Optional<Integer> revision = Sql.on(
                        connection,
                        "INSERT INTO place_transitions AS t (id, revision, tracker_id, place_id, direction, event_time,"
                                + " decided_time, causing_digest, recorded_at, late) VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT (id) DO UPDATE SET withdrawn_at = NULL, decided_time = EXCLUDED.decided_time,"
                                + " revision = t.revision + CASE WHEN t.withdrawn_at IS NULL THEN 0 ELSE 1 END RETURNING revision",
                        decided.id(),
                        tracker,
                        place.id(),
                        decided.direction().text(),
                        decided.eventTime(),
                        decided.decidedTime(),
                        decided.causingDigest(),
                        now,
                        late)
                .first(row -> row.getInt(1));
        raised++;
        announce(tracker, decided.id(), revision.orElseThrow());
    }

    private void keep(Transition known, Decided decided) throws SQLException {
        if (known.withdrawn()) {
            raised++;
            revise(known, decided.decidedTime(), false);
        } else if (!known.decidedTime().equals(decided.decidedTime())) {
            Sql.on(
                            connection,
                            "UPDATE place_transitions SET decided_time = ? WHERE id = ?",
                            decided.decidedTime(),
                            known.id())
                    .update();
        }
    }

    private void withdraw(Transition gone) throws SQLException {
        withdrawn++;
        revise(gone, gone.decidedTime(), true);
    }

    private void withdrawAll(long tracker, Place place) throws SQLException {
        for (Transition transition :
                stored(tracker, place, MovementDue.BEGINNING).values()) {
            if (!transition.withdrawn()) {
                withdraw(transition);
            }
        }
        Sql.on(connection, "DELETE FROM place_checkpoints WHERE tracker_id = ? AND place_id = ?", tracker, place.id())
                .update();
    }

    private void revise(Transition transition, Instant decidedTime, boolean withdraw) throws SQLException {
        Sql.on(
                        connection,
                        "UPDATE place_transitions SET revision = revision + 1, decided_time = ?, withdrawn_at = "
                                + (withdraw ? "now()" : "NULL") + " WHERE id = ?",
                        decidedTime,
                        transition.id())
                .update();
        announce(transition.trackerId(), transition.id(), transition.revision() + 1);
    }

    private void announce(long tracker, UUID id, int revision) {
        trackers.add(tracker);
        ids.add(id);
        revisions.add(revision);
    }
}
