package org.trackerreports.store.internal.movement;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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
import org.trackerreports.store.movement.PlaceJudgement;
import org.trackerreports.store.movement.PlaceJudgement.Decided;
import org.trackerreports.store.movement.PlaceWindow;
import org.trackerreports.store.place.Place;
import org.trackerreports.store.place.Transition;
import org.trackerreports.store.report.StoredReport;

/**
 * Computes the transitions of trackers again from a checkpoint on, and writes the difference to what is stored: what is missing is
 * recorded, what is not confirmed any more is withdrawn, and what is confirmed again is restored. Not thread-safe.
 */
final class TransitionWriter {

    private static final int CHUNK = 20_000;

    /** A checkpoint moves once a day. */
    private static final Duration CHECKPOINT_STEP = Duration.ofDays(1);

    private final Connection connection;
    private final Judge judge;
    private final JudgingSettings settings;
    private final Instant now;
    private final Map<Long, RuntimeException> failed;
    private final WindowReader reader;
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
        this.judge = judge;
        this.settings = settings;
        this.now = now;
        this.reader = new WindowReader(connection);
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
            for (Place place : places) {
                if (own.entrySet().containsAll(place.content().labels().entrySet())) {
                    write(tracker, place, entry.getValue().from(), old.contains(tracker));
                } else if (old.contains(tracker)) {
                    withdrawAll(tracker, place);
                }
            }
        }
        Announcements.judged(connection, Change.TRANSITIONS, trackers, List.of(), ids, revisions);
    }

    private record Checkpoint(Instant asOf, Optional<String> state) {

        static final Checkpoint BEGINNING = new Checkpoint(MovementDue.BEGINNING, Optional.empty());
    }

    private record Computed(List<Decided> transitions, Optional<Checkpoint> checkpoint) {}

    private void write(long tracker, Place place, Instant from, boolean old) throws SQLException {
        Checkpoint checkpoint = checkpoint(tracker, place)
                .filter(known -> !known.asOf().isAfter(from))
                .orElse(Checkpoint.BEGINNING);
        Optional<Computed> result = compute(tracker, place, checkpoint);
        if (result.isEmpty()) {
            MovementDue.failed(connection, tracker, from, now.plus(JudgingStep.TRY_AGAIN));
            return;
        }
        Computed computed = result.get();
        Map<UUID, Transition> stored = stored(tracker, place, checkpoint.asOf());
        for (Decided decided : computed.transitions()) {
            Transition known = stored.remove(decided.id());
            if (known == null) {
                insert(tracker, place, decided, old);
            } else {
                keep(known, decided);
            }
        }
        for (Transition gone : stored.values()) {
            if (!gone.withdrawn()) {
                withdraw(gone);
            }
        }
        if (computed.checkpoint().isPresent()) {
            save(tracker, place, computed.checkpoint().get());
        }
    }

    /** Empty if the judge failed. */
    private Optional<Computed> compute(long tracker, Place place, Checkpoint from) throws SQLException {
        Instant checkpointAt = now.minus(settings.finality());
        List<Decided> transitions = new ArrayList<>();
        Optional<String> state = from.state();
        Optional<Checkpoint> checkpoint = Optional.empty();
        // The state at a checkpoint is that before its first report.
        Instant time = from.asOf().minusNanos(1_000);
        UUID digest = new UUID(-1, -1);
        List<StoredReport> reports;
        boolean full;
        do {
            reports = reader.next(tracker, time, digest, CHUNK);
            full = reports.size() == CHUNK;
            if (full) {
                reports = withoutLastSecond(reports);
            }
            List<StoredReport> deciding = reports.stream()
                    .filter(report -> report.content().confidence() >= settings.minimumConfidence())
                    .toList();
            PlaceJudgement judgement;
            try {
                judgement = judge.transitions(new PlaceWindow(tracker, place, state, deciding, checkpointAt));
            } catch (RuntimeException e) {
                failed.put(tracker, e);
                return Optional.empty();
            }
            transitions.addAll(judgement.transitions());
            state = Optional.of(judgement.state());
            if (checkpoint.isEmpty()
                    && judgement.checkpoint().isPresent()
                    && checkpointAt.isAfter(from.asOf().plus(CHECKPOINT_STEP))) {
                checkpoint = Optional.of(new Checkpoint(checkpointAt, judgement.checkpoint()));
            }
            if (!reports.isEmpty()) {
                StoredReport last = reports.get(reports.size() - 1);
                time = last.timestamp();
                digest = last.digest();
            }
        } while (full);
        return Optional.of(new Computed(transitions, checkpoint));
    }

    /** Reports of one second can be one sighting, so they are judged together. */
    private static List<StoredReport> withoutLastSecond(List<StoredReport> reports) {
        Instant last = reports.get(reports.size() - 1).timestamp();
        List<StoredReport> before = reports.stream()
                .filter(report -> report.timestamp().isBefore(last))
                .toList();
        return before.isEmpty() ? reports : before;
    }

    private Optional<Checkpoint> checkpoint(long tracker, Place place) throws SQLException {
        return Sql.on(
                        connection,
                        "SELECT as_of, state FROM place_checkpoints WHERE tracker_id = ? AND place_id = ?",
                        tracker,
                        place.id())
                .first(row -> new Checkpoint(Sql.instant(row, "as_of"), Optional.of(row.getString("state"))));
    }

    private void save(long tracker, Place place, Checkpoint checkpoint) throws SQLException {
        Sql.on(
                        connection,
                        "INSERT INTO place_checkpoints VALUES (?, ?, ?, ?::jsonb) ON CONFLICT (tracker_id, place_id)"
                                + " DO UPDATE SET as_of = EXCLUDED.as_of, state = EXCLUDED.state",
                        tracker,
                        place.id(),
                        checkpoint.asOf(),
                        checkpoint.state().orElseThrow())
                .update();
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
