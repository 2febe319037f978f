package org.trackerreports.store.internal.sink;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.trackerreports.store.feed.FeedItem;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.sink.SinkFailure;
import org.trackerreports.store.sink.SinkFailure.Subject;
import org.trackerreports.store.sink.SinkFailures;

/** The events that sinks refused, in PostgreSQL. */
record JdbcSinkFailures(Database database) implements SinkFailures {

    @Override
    public void add(String sink, List<SinkFailure> failures) {
        database.inTransaction("note refused events", connection -> {
            int added = 0;
            for (SinkFailure failure : failures) {
                Subject subject = failure.subject();
                added += Sql.on(
                                connection,
                                "INSERT INTO sink_failures (sink, event, \"position\", kind, tracker_id, event_time, reference,"
                                        + " number, status, answer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                                        + " ON CONFLICT (sink, event) DO UPDATE SET status = EXCLUDED.status,"
                                        + " answer = EXCLUDED.answer, failed_at = now(), again = false"
                                        + " RETURNING (xmax = 0)::int",
                                sink,
                                failure.event(),
                                failure.place(),
                                subject.kind().text(),
                                subject.trackerId(),
                                subject.eventTime(),
                                subject.reference(),
                                subject.number(),
                                failure.status(),
                                failure.answer())
                        .one(row -> row.getInt(1));
            }
            Sql.on(connection, "UPDATE sinks SET failed = failed + ? WHERE name = ?", added, sink)
                    .update();
        });
    }

    @Override
    public List<SinkFailure> list(String sink, int limit) {
        return database.session(
                "read refused events",
                connection -> Sql.on(
                                connection,
                                "SELECT * FROM sink_failures WHERE sink = ? ORDER BY failed_at DESC, event LIMIT ?",
                                sink,
                                limit)
                        .list(JdbcSinkFailures::read));
    }

    @Override
    public long count(String sink) {
        return database.session(
                "count refused events",
                connection -> Sql.on(connection, "SELECT count(*) FROM sink_failures WHERE sink = ?", sink)
                        .one(row -> row.getLong(1)));
    }

    @Override
    public int sendAgain(String sink) {
        return database.session(
                "let refused events be sent again",
                connection -> Sql.on(connection, "UPDATE sink_failures SET again = true WHERE sink = ?", sink)
                        .update());
    }

    @Override
    public Map<SinkFailure, FeedItem> next(String sink, int limit) {
        return database.transaction("read refused events", connection -> {
            List<SinkFailure> failures = Sql.on(
                            connection,
                            "SELECT * FROM sink_failures WHERE sink = ? AND again ORDER BY failed_at, event LIMIT ?",
                            sink,
                            limit)
                    .list(JdbcSinkFailures::read);
            Map<SinkFailure, FeedItem> items = new LinkedHashMap<>();
            List<String> gone = new ArrayList<>();
            for (SinkFailure failure : failures) {
                SubjectItems.of(connection, failure.place(), failure.subject())
                        .ifPresentOrElse(item -> items.put(failure, item), () -> gone.add(failure.event()));
            }
            if (!gone.isEmpty()) {
                Sql.on(
                                connection,
                                "DELETE FROM sink_failures WHERE sink = ? AND event = ANY (?)",
                                sink,
                                ArrayOf.texts(gone))
                        .update();
            }
            return items;
        });
    }

    @Override
    public void remove(String sink, Collection<String> events) {
        database.session(
                "forget refused events",
                connection -> Sql.on(
                                connection,
                                "DELETE FROM sink_failures WHERE sink = ? AND event = ANY (?)",
                                sink,
                                ArrayOf.texts(events))
                        .update());
    }

    private static SinkFailure read(ResultSet row) throws SQLException {
        return new SinkFailure(
                row.getString("event"),
                row.getString("position"),
                new Subject(
                        SinkFailure.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        row.getLong("tracker_id"),
                        Sql.instant(row, "event_time"),
                        row.getObject("reference", UUID.class),
                        row.getLong("number")),
                row.getInt("status"),
                row.getString("answer"),
                Sql.instant(row, "failed_at"),
                row.getBoolean("again"));
    }
}
