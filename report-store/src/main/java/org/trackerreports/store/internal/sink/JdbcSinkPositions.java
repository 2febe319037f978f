package org.trackerreports.store.internal.sink;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.text.Labels;
import org.trackerreports.store.sink.PublishedMessage;
import org.trackerreports.store.sink.SinkPositions;
import org.trackerreports.store.sink.TrackerLabels;

/** The newest positions that sinks have published, in PostgreSQL. */
record JdbcSinkPositions(Database database) implements SinkPositions {

    private static final String PURPOSE = "read published positions";

    @Override
    public List<PublishedMessage> list(String sink) {
        return database.session(
                PURPOSE,
                connection -> Sql.on(
                                connection, "SELECT * FROM sink_published WHERE sink = ? ORDER BY tracker_id", sink)
                        .list(JdbcSinkPositions::read));
    }

    @Override
    public Optional<PublishedMessage> find(String sink, long trackerId) {
        return database.session(
                PURPOSE,
                connection -> Sql.on(
                                connection,
                                "SELECT * FROM sink_published WHERE sink = ? AND tracker_id = ?",
                                sink,
                                trackerId)
                        .first(JdbcSinkPositions::read));
    }

    @Override
    public void save(String sink, PublishedMessage message) {
        database.session(
                "note a published position",
                connection -> Sql.on(
                                connection,
                                "INSERT INTO sink_published VALUES (?, ?, ?, ?::jsonb, ?, ?) ON CONFLICT (sink, tracker_id)"
                                        + " DO UPDATE SET name = EXCLUDED.name, labels = EXCLUDED.labels,"
                                        + " event_time = EXCLUDED.event_time, message = EXCLUDED.message",
                                sink,
                                message.tracker().id(),
                                message.tracker().name(),
                                Labels.toJson(message.tracker().labels()),
                                message.eventTime(),
                                message.message())
                        .update());
    }

    @Override
    public void remove(String sink, long trackerId) {
        database.session(
                "forget a published position",
                connection -> Sql.on(
                                connection,
                                "DELETE FROM sink_published WHERE sink = ? AND tracker_id = ?",
                                sink,
                                trackerId)
                        .update());
    }

    private static PublishedMessage read(ResultSet row) throws SQLException {
        return new PublishedMessage(
                new TrackerLabels(
                        row.getLong("tracker_id"), row.getString("name"), Labels.fromJson(row.getString("labels"))),
                Sql.instant(row, "event_time"),
                row.getString("message"));
    }
}
