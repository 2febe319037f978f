package org.trackerreports.store.internal.inbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.internal.text.Labels;

/** Notes which trackers have to be judged again although none of their reports is new. */
public final class MovementDue {

    /** Reports of the tracker were stored before there was a judgement, or were removed from the feed before they were judged. */
    public static final String STORED_BEFORE = "stored before";

    /** A place, or a label of the tracker, changed: nothing that follows is news. */
    public static final String CHANGED = "changed";

    /** The newest report is uncertain until this time. */
    public static final String UNCONFIRMED = "unconfirmed";

    /** The judge failed. */
    private static final String FAILED = "failed";

    private static final String WHOLE =
            " ON CONFLICT (tracker_id, reason) DO UPDATE SET from_time = EXCLUDED.from_time, due_at = EXCLUDED.due_at";

    /** Before every report. */
    public static final Instant BEGINNING = Instant.parse("0001-01-01T00:00:00Z");

    private MovementDue() {}

    /**
     * A tracker that has to be judged now.
     *
     * @param from from this event time on
     */
    public record Due(long trackerId, String reason, Instant from) {

        /** Whether what follows from it is no news. */
        public boolean isOld() {
            return !reason.equals(UNCONFIRMED) && !reason.equals(FAILED);
        }
    }

    /**
     * The trackers that are due longest.
     *
     * @param now by the clock that received the reports, which can differ from the database's
     */
    public static List<Due> now(Connection connection, Instant now, int limit) throws SQLException {
        return Sql.on(
                        connection,
                        "SELECT tracker_id, reason, from_time FROM movement_due WHERE due_at <= ?"
                                + " ORDER BY due_at, tracker_id LIMIT ?",
                        now,
                        limit)
                .list(row ->
                        new Due(row.getLong("tracker_id"), row.getString("reason"), Sql.instant(row, "from_time")));
    }

    public static void done(Connection connection, Due due) throws SQLException {
        Sql.on(
                        connection,
                        "DELETE FROM movement_due WHERE tracker_id = ? AND reason = ?",
                        due.trackerId(),
                        due.reason())
                .update();
    }

    /** The rest of a tracker, from this event time on, is still due. */
    public static void goOn(Connection connection, Due due, Instant from) throws SQLException {
        Sql.on(
                        connection,
                        "UPDATE movement_due SET from_time = ? WHERE tracker_id = ? AND reason = ?",
                        from,
                        due.trackerId(),
                        due.reason())
                .update();
    }

    /** The judge failed for a tracker, which is tried again later from this event time on. */
    public static void failed(Connection connection, long trackerId, Instant from, Instant again) throws SQLException {
        Sql.on(
                        connection,
                        "INSERT INTO movement_due AS d VALUES (?, ?, ?, ?) ON CONFLICT (tracker_id, reason)"
                                + " DO UPDATE SET from_time = least(d.from_time, EXCLUDED.from_time), due_at = EXCLUDED.due_at",
                        trackerId,
                        FAILED,
                        from,
                        again)
                .update();
    }

    /** The newest reports of trackers are to be judged again at a time, or not, as they were judged now. */
    public static void setUnconfirmed(Connection connection, Map<Long, Optional<Again>> trackers) throws SQLException {
        List<Long> confirmed = trackers.entrySet().stream()
                .filter(entry -> entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        if (!confirmed.isEmpty()) {
            Sql.on(
                            connection,
                            "DELETE FROM movement_due WHERE reason = ? AND tracker_id = ANY (?)",
                            UNCONFIRMED,
                            ArrayOf.bigints(confirmed))
                    .update();
        }
        Map<Long, Again> uncertain = new LinkedHashMap<>();
        trackers.forEach((tracker, again) -> again.ifPresent(due -> uncertain.put(tracker, due)));
        if (!uncertain.isEmpty()) {
            Sql.on(
                            connection,
                            "INSERT INTO movement_due SELECT t.id, ?, t.from_time, t.due_at"
                                    + " FROM unnest(?::bigint[], ?::timestamptz[], ?::timestamptz[]) AS t (id, from_time, due_at)"
                                    + WHOLE,
                            UNCONFIRMED,
                            ArrayOf.bigints(uncertain.keySet()),
                            ArrayOf.times(
                                    uncertain.values().stream().map(Again::from).toList()),
                            ArrayOf.times(
                                    uncertain.values().stream().map(Again::at).toList()))
                    .update();
        }
    }

    /**
     * When a judgement can change without another report.
     *
     * @param from the event time of the report
     */
    public record Again(Instant from, Instant at) {}

    /** All trackers have to be judged, from their first report on: some of their reports never were. */
    public static void storedBefore(Connection connection) throws SQLException {
        Sql.on(
                        connection,
                        "INSERT INTO movement_due SELECT id, ?, '0001-01-01 00:00:00+00', '0001-01-01 00:00:00+00' FROM trackers"
                                + WHOLE,
                        STORED_BEFORE)
                .update();
    }

    /** Whether some trackers have reports that wait for their first judgement, so that what follows from it is not complete. */
    public static boolean anyStoredBefore(Connection connection) throws SQLException {
        return Sql.on(connection, "SELECT EXISTS (SELECT 1 FROM movement_due WHERE reason = ?)", STORED_BEFORE)
                .one(row -> row.getBoolean(1));
    }

    /** The trackers with these labels have to be judged again, from their first report on. */
    public static void placeChanged(Connection connection, Map<String, String> labels) throws SQLException {
        Object[] parameters = Stream.concat(Stream.of(CHANGED), Stream.of(Labels.forms(labels)))
                .toArray();
        Sql.on(
                        connection,
                        "INSERT INTO movement_due SELECT id, ?, '0001-01-01 00:00:00+00', '0001-01-01 00:00:00+00' FROM trackers WHERE "
                                + Labels.condition("labels", labels) + WHOLE,
                        parameters)
                .update();
    }

    /** These trackers have to be judged again, from their first report on. */
    public static void trackersChanged(Connection connection, Collection<Long> ids) throws SQLException {
        if (!ids.isEmpty()) {
            Sql.on(
                            connection,
                            "INSERT INTO movement_due SELECT id, ?, '0001-01-01 00:00:00+00', '0001-01-01 00:00:00+00' FROM trackers WHERE id = ANY (?)"
                                    + WHOLE,
                            CHANGED,
                            ArrayOf.bigints(List.copyOf(ids)))
                    .update();
        }
    }
}
