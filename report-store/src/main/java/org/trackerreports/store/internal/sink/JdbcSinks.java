package org.trackerreports.store.internal.sink;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.sink.SinkAlerts;
import org.trackerreports.store.sink.SinkFailures;
import org.trackerreports.store.sink.SinkPositions;
import org.trackerreports.store.sink.SinkReading;
import org.trackerreports.store.sink.SinkReplay;
import org.trackerreports.store.sink.SinkState;
import org.trackerreports.store.sink.SinkWithheld;
import org.trackerreports.store.sink.Sinks;

/** The states of sinks in PostgreSQL. */
public record JdbcSinks(Database database) implements Sinks {

    private static final String PURPOSE = "note the state of a sink";
    private static final String COLUMNS =
            "name, type, state, paused, attempts, wait_until, last_error, last_error_at, delivered,"
                    + " failed, done_until, replay_from, replay_received, replay_time, replay_digest";

    @Override
    public void register(String name, String type) {
        update(
                "INSERT INTO sinks (name, type) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET type = EXCLUDED.type"
                        + " WHERE sinks.type <> EXCLUDED.type",
                name,
                type);
    }

    @Override
    public List<SinkState> list() {
        return database.session(
                "list the sinks",
                connection -> Sql.on(connection, "SELECT " + COLUMNS + " FROM sinks ORDER BY name")
                        .list(JdbcSinks::read));
    }

    @Override
    public Optional<SinkState> find(String name) {
        return database.session(
                "find a sink",
                connection -> Sql.on(connection, "SELECT " + COLUMNS + " FROM sinks WHERE name = ?", name)
                        .first(JdbcSinks::read));
    }

    private static SinkState read(ResultSet row) throws SQLException {
        return new SinkState(
                row.getString("name"),
                row.getString("type"),
                SinkState.Condition.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getBoolean("paused"),
                row.getInt("attempts"),
                Sql.optionalInstant(row, "wait_until"),
                Optional.ofNullable(row.getString("last_error")),
                Sql.optionalInstant(row, "last_error_at"),
                row.getLong("delivered"),
                row.getLong("failed"),
                Sql.optionalInstant(row, "done_until"),
                replay(row));
    }

    private static Optional<SinkReplay> replay(ResultSet row) throws SQLException {
        Optional<Instant> from = Sql.optionalInstant(row, "replay_from");
        return from.isEmpty()
                ? Optional.empty()
                : Optional.of(new SinkReplay(
                        from.get(),
                        Sql.instant(row, "replay_received"),
                        Sql.optionalInstant(row, "replay_time"),
                        Optional.ofNullable(row.getObject("replay_digest", UUID.class))));
    }

    @Override
    public void working(String name, int delivered, Optional<Instant> doneUntil) {
        update(
                "UPDATE sinks SET state = 'working', attempts = 0, wait_until = NULL, last_error = NULL,"
                        + " delivered = delivered + ?, done_until = coalesce(?::timestamptz, done_until) WHERE name = ?",
                delivered,
                doneUntil.orElse(null),
                name);
    }

    @Override
    public void waiting(
            String name, SinkState.Condition condition, int attempts, Instant until, String error, int delivered) {
        update(
                "UPDATE sinks SET state = ?, attempts = ?, wait_until = ?, last_error = ?, last_error_at = now(),"
                        + " delivered = delivered + ? WHERE name = ?",
                condition.text(),
                attempts,
                until,
                error,
                delivered,
                name);
    }

    @Override
    public void switchedOff(String name, String reason, int delivered) {
        update(
                "UPDATE sinks SET state = 'off', wait_until = NULL, last_error = ?, last_error_at = now(),"
                        + " delivered = delivered + ? WHERE name = ?",
                reason,
                delivered,
                name);
    }

    @Override
    public boolean pause(String name) {
        return update("UPDATE sinks SET paused = true WHERE name = ?", name) == 1;
    }

    @Override
    public boolean resume(String name) {
        return update(
                        "UPDATE sinks SET paused = false, state = 'working', attempts = 0, wait_until = NULL WHERE name = ?",
                        name)
                == 1;
    }

    @Override
    public boolean replay(String name, Optional<SinkReplay> replay) {
        return update(
                        "UPDATE sinks SET replay_from = ?, replay_received = ?, replay_time = ?, replay_digest = ? WHERE name = ?",
                        replay.map(SinkReplay::from).orElse(null),
                        replay.map(SinkReplay::receivedFrom).orElse(null),
                        replay.flatMap(SinkReplay::doneTime).orElse(null),
                        replay.flatMap(SinkReplay::doneDigest).orElse(null),
                        name)
                == 1;
    }

    @Override
    public void remove(String name) {
        database.inTransaction("remove a sink", connection -> {
            Sql.on(connection, "DELETE FROM sinks WHERE name = ?", name).update();
            Sql.on(connection, "DELETE FROM feed_cursors WHERE consumer = ?", Sinks.consumer(name))
                    .update();
        });
    }

    private int update(String sql, @Nullable Object... parameters) {
        return database.session(
                PURPOSE, connection -> Sql.on(connection, sql, parameters).update());
    }

    @Override
    public SinkFailures failures() {
        return new JdbcSinkFailures(database);
    }

    @Override
    public SinkAlerts alerts() {
        return new JdbcSinkAlerts(database);
    }

    @Override
    public SinkPositions positions() {
        return new JdbcSinkPositions(database);
    }

    @Override
    public SinkWithheld withheld() {
        return new JdbcSinkWithheld(database);
    }

    @Override
    public SinkReading reading() {
        return new JdbcSinkReading(database);
    }
}
