package org.trackerreports.store.internal.sink;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.place.Transition;
import org.trackerreports.store.sink.SinkAlert;
import org.trackerreports.store.sink.SinkAlerts;

/** Which transitions sinks were told, in PostgreSQL. */
record JdbcSinkAlerts(Database database) implements SinkAlerts {

    /** What is older is final: no report that could disprove it is stored any more, unless it is imported. */
    private static final String FORGET_AFTER = "interval '60 days'";

    @Override
    public List<SinkAlert> of(String sink, Collection<Long> trackerIds, Instant since) {
        return database.session(
                "read alerts",
                connection -> Sql.on(
                                connection,
                                "SELECT * FROM sink_alerts WHERE sink = ? AND tracker_id = ANY (?)"
                                        + " AND (told_at IS NULL OR told_at >= ?) ORDER BY told_at, transition_id",
                                sink,
                                ArrayOf.bigints(trackerIds),
                                since)
                        .list(JdbcSinkAlerts::read));
    }

    @Override
    public List<SinkAlert> heldBack(String sink) {
        return database.session(
                "read alerts",
                connection -> Sql.on(
                                connection,
                                "SELECT * FROM sink_alerts WHERE sink = ? AND told_at IS NULL ORDER BY transition_id",
                                sink)
                        .list(JdbcSinkAlerts::read));
    }

    @Override
    public void save(String sink, List<SinkAlert> alerts) {
        database.inTransaction("note alerts", connection -> {
            for (SinkAlert alert : alerts) {
                Sql.on(
                                connection,
                                "INSERT INTO sink_alerts VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sink, transition_id)"
                                        + " DO UPDATE SET revision = EXCLUDED.revision, \"position\" = EXCLUDED.\"position\","
                                        + " told_at = EXCLUDED.told_at",
                                sink,
                                alert.transition(),
                                alert.revision(),
                                alert.trackerId(),
                                alert.placeId(),
                                alert.direction().text(),
                                alert.place(),
                                alert.toldAt().orElse(null))
                        .update();
            }
            Sql.on(connection, "DELETE FROM sink_alerts WHERE sink = ? AND told_at < now() - " + FORGET_AFTER, sink)
                    .update();
        });
    }

    @Override
    public void remove(String sink, Collection<UUID> transitions) {
        database.session(
                "forget alerts",
                connection -> Sql.on(
                                connection,
                                "DELETE FROM sink_alerts WHERE sink = ? AND transition_id = ANY (?)",
                                sink,
                                ArrayOf.uuids(transitions))
                        .update());
    }

    private static SinkAlert read(ResultSet row) throws SQLException {
        return new SinkAlert(
                row.getObject("transition_id", UUID.class),
                row.getInt("revision"),
                row.getLong("tracker_id"),
                row.getLong("place_id"),
                Transition.Direction.of(row.getString("direction")),
                row.getString("position"),
                Sql.optionalInstant(row, "told_at"));
    }
}
