package org.trackerreports.store.internal.account;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.trackerreports.store.account.RequestLedger;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.StoreSettings;

/** Granted requests in PostgreSQL. Durations are passed as seconds, because the driver knows no intervals. */
public record JdbcRequestLedger(Database database) implements RequestLedger {

    /** Clocks that are set step by step differ by less. A time further in the future was written by a clock that was wrong. */
    private static final String SKEW = "interval '1 minute'";

    private static final String MAX_COOL_DOWN = "interval '1 day'";
    private static final String PREFIX_SETTING = "queue_prefix";

    /** One statement: the row of the budget is locked, the grants are counted, old ones removed, and the new one is added. */
    private static final String RECORD = """
            WITH granted AS (
                INSERT INTO request_budgets AS b (budget, last_granted_at) VALUES (?, clock_timestamp())
                ON CONFLICT (budget) DO UPDATE SET last_granted_at = excluded.last_granted_at
                WHERE coalesce(b.last_granted_at + make_interval(secs => ?) <= excluded.last_granted_at, true)
                AND coalesce(b.cool_down_until <= excluded.last_granted_at, true)
                AND (SELECT count(*) FROM granted_requests g WHERE g.budget = b.budget
                     AND g.granted_at > excluded.last_granted_at - interval '1 day') < ?
                RETURNING b.budget, b.last_granted_at
            ), forgotten AS (
                DELETE FROM granted_requests WHERE budget IN (SELECT budget FROM granted)
                AND granted_at < clock_timestamp() - interval '2 days'
            )
            INSERT INTO granted_requests (budget, grant_number, granted_at)
            SELECT budget, ?, last_granted_at FROM granted
            """;

    @Override
    public boolean record(String budget, long number, Limits limits) {
        return database.session(
                "record a request",
                connection -> Sql.on(connection, RECORD, budget, seconds(limits.minGap()), limits.maxPerDay(), number)
                                .update()
                        == 1);
    }

    @Override
    public Recorded read(String budget) {
        return database.transaction("read the recorded requests", connection -> {
            boolean corrected = correct(connection, budget);
            List<Grant> grants = Sql.on(
                            connection,
                            "SELECT grant_number, extract(epoch FROM clock_timestamp() - granted_at) AS age"
                                    + " FROM granted_requests WHERE budget = ?"
                                    + " AND granted_at > clock_timestamp() - interval '1 day' ORDER BY granted_at",
                            budget)
                    .list(row -> new Grant(row.getLong("grant_number"), duration(row, "age")));
            Duration coolDown = Sql.on(
                            connection,
                            "SELECT extract(epoch FROM cool_down_until - clock_timestamp()) AS left_over"
                                    + " FROM request_budgets WHERE budget = ? AND cool_down_until > clock_timestamp()",
                            budget)
                    .first(row -> duration(row, "left_over"))
                    .orElse(Duration.ZERO);
            return new Recorded(grants, coolDown, corrected);
        });
    }

    /** What was recorded while the clock was ahead would forbid every request until that time. */
    private static boolean correct(Connection connection, String budget) throws SQLException {
        int grants = Sql.on(
                        connection,
                        "UPDATE granted_requests SET granted_at = clock_timestamp()"
                                + " WHERE budget = ? AND granted_at > clock_timestamp() + " + SKEW,
                        budget)
                .update();
        int lasts = Sql.on(
                        connection,
                        "UPDATE request_budgets SET last_granted_at = clock_timestamp()"
                                + " WHERE budget = ? AND last_granted_at > clock_timestamp() + " + SKEW,
                        budget)
                .update();
        int coolDowns = Sql.on(
                        connection,
                        "UPDATE request_budgets SET cool_down_until = clock_timestamp() + " + MAX_COOL_DOWN
                                + " WHERE budget = ? AND cool_down_until > clock_timestamp() + " + MAX_COOL_DOWN + " + "
                                + SKEW,
                        budget)
                .update();
        return grants + lasts + coolDowns > 0;
    }

    @Override
    public void coolDown(String budget, Duration length) {
        database.session(
                "record a cool-down",
                connection -> Sql.on(
                                connection,
                                "INSERT INTO request_budgets AS b (budget, cool_down_until)"
                                        + " VALUES (?, clock_timestamp() + least(make_interval(secs => ?), "
                                        + MAX_COOL_DOWN + ")) ON CONFLICT (budget) DO UPDATE SET cool_down_until ="
                                        + " greatest(b.cool_down_until, excluded.cool_down_until)",
                                budget,
                                seconds(length))
                        .update());
    }

    @Override
    public void endCoolDown(String budget) {
        database.session(
                "end a cool-down",
                connection -> Sql.on(
                                connection,
                                "UPDATE request_budgets SET cool_down_until = NULL WHERE budget = ?",
                                budget)
                        .update());
    }

    @Override
    public void announce(String instance, Limits limits) {
        database.session("announce an instance", connection -> {
            // Limits count for an hour, so an idle system need not write them each minute.
            boolean known = Sql.on(
                            connection,
                            "SELECT EXISTS (SELECT 1 FROM request_limits WHERE instance = ?"
                                    + " AND min_gap = make_interval(secs => ?) AND max_requests_per_day = ?"
                                    + " AND heard_of_at > clock_timestamp() - interval '15 minutes')",
                            instance,
                            seconds(limits.minGap()),
                            limits.maxPerDay())
                    .one(row -> row.getBoolean(1));
            return known ? 0 : announceNow(connection, instance, limits);
        });
    }

    private static int announceNow(Connection connection, String instance, Limits limits) throws SQLException {
        return Sql.on(
                        connection,
                        "INSERT INTO request_limits VALUES (?, make_interval(secs => ?), ?, clock_timestamp())"
                                + " ON CONFLICT (instance) DO UPDATE SET min_gap = excluded.min_gap,"
                                + " max_requests_per_day = excluded.max_requests_per_day,"
                                + " heard_of_at = excluded.heard_of_at",
                        instance,
                        seconds(limits.minGap()),
                        limits.maxPerDay())
                .update();
    }

    @Override
    public void withdraw(String instance) {
        database.session(
                "withdraw an instance",
                connection -> Sql.on(
                                connection,
                                "DELETE FROM request_limits WHERE instance = ?"
                                        + " OR heard_of_at < clock_timestamp() - interval '1 day'",
                                instance)
                        .update());
    }

    @Override
    public Optional<Limits> strictest() {
        return database.session(
                "read the limits of the instances",
                connection -> Sql.on(
                                connection,
                                "SELECT extract(epoch FROM max(min_gap)) AS gap, min(max_requests_per_day) AS most"
                                        + " FROM request_limits WHERE heard_of_at > clock_timestamp() - interval '1 hour'"
                                        + " HAVING count(*) > 0")
                        .first(row -> new Limits(duration(row, "gap"), row.getInt("most"))));
    }

    @Override
    public String queuePrefix(String own) {
        return database.transaction("read the prefix of the queue", connection -> {
            Sql.on(
                            connection,
                            "INSERT INTO store_settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
                            PREFIX_SETTING,
                            own)
                    .update();
            return StoreSettings.find(connection, PREFIX_SETTING).orElseThrow();
        });
    }

    @Override
    public void changeQueuePrefix(String prefix) {
        database.inTransaction(
                "change the prefix of the queue", connection -> StoreSettings.put(connection, PREFIX_SETTING, prefix));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static Duration duration(ResultSet row, String column) throws SQLException {
        return Duration.ofMillis(Math.max(0, Math.round(row.getDouble(column) * 1000)));
    }
}
