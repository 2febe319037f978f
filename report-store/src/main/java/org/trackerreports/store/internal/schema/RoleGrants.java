package org.trackerreports.store.internal.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.schema.DatabasePurpose;

/** The rights that a role of the database needs for a purpose, as statements. */
public final class RoleGrants {

    /** Nobody but the owner reads these. */
    private static final Set<String> SECRET = Set.of("accounts", "master_keys");

    /** Of the table of trackers, everything but the keys and which master key encrypts them. */
    private static final String TRACKER_COLUMNS =
            "id, name, kind, labels, enabled, alignment_time, alignment_index, created_at, changed_at";

    /** What only serving reads: it checks tokens. */
    private static final Set<String> ACCESS = Set.of("access_tokens", "shares");

    private static final String ALL = "INSERT, UPDATE, DELETE";

    /** The tables that a purpose writes, with the rights; further ones by the beginning of their names. */
    private static final Map<DatabasePurpose, Map<String, String>> WRITTEN = Map.of(
            DatabasePurpose.SERVE,
            Map.of(
                    "shares", ALL,
                    "places", ALL,
                    "place_checkpoints", "DELETE",
                    "access_tokens", "UPDATE (last_used_at)",
                    "trackers", "UPDATE (name, labels, enabled, changed_at)",
                    "movement_due", "INSERT, UPDATE",
                    "report_inbox", "INSERT"),
            DatabasePurpose.MOVE,
            Map.ofEntries(
                    Map.entry("location_reports", "UPDATE (wrong_flags, uncertain_flags, batch)"),
                    Map.entry("touched_hours", "INSERT"),
                    // Locking a row needs the right to change something of it.
                    Map.entry("trackers", "UPDATE (changed_at)"),
                    Map.entry("report_inbox", ALL),
                    Map.entry("report_feed", ALL),
                    Map.entry("feed_cursors", ALL),
                    Map.entry("latest_positions", ALL),
                    Map.entry("movement_due", ALL),
                    Map.entry("tracker_conditions", ALL),
                    Map.entry("tracker_events", ALL),
                    Map.entry("place_transitions", ALL),
                    Map.entry("place_checkpoints", ALL),
                    Map.entry("store_settings", ALL)),
            DatabasePurpose.DELIVER,
            Map.of(
                    "feed_cursors",
                    ALL,
                    "sink",
                    ALL,
                    // With DELIVER_UNJUDGED nobody else gives positions in the feed, and removes what is old.
                    "report_inbox",
                    "DELETE",
                    "report_feed",
                    "INSERT, DELETE",
                    "store_settings",
                    "INSERT, UPDATE"));

    private RoleGrants() {}

    /** The statements that give a role what it needs. Other rights that it has stay. */
    public static List<String> statements(Connection connection, String role, DatabasePurpose purpose)
            throws SQLException {
        String to = " TO " + Sql.on(connection, "SELECT quote_ident(?)", role).one(row -> row.getString(1));
        String schema =
                Sql.on(connection, "SELECT quote_ident(current_schema())").one(row -> row.getString(1));
        List<String> statements = new ArrayList<>();
        statements.add("GRANT USAGE ON SCHEMA " + schema + to);
        List<String> tables = tables(connection);
        for (String table : tables) {
            if (!SECRET.contains(table) && (purpose == DatabasePurpose.SERVE || !ACCESS.contains(table))) {
                String columns = table.equals("trackers") ? " (" + TRACKER_COLUMNS + ")" : "";
                statements.add("GRANT SELECT" + columns + " ON " + table + to);
            }
        }
        WRITTEN.getOrDefault(purpose, Map.of()).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> tables.stream()
                        .filter(table -> table.equals(entry.getKey())
                                || entry.getKey().equals("sink") && table.startsWith("sink"))
                        .forEach(table -> statements.add("GRANT " + entry.getValue() + " ON " + table + to)));
        if (purpose != DatabasePurpose.DELIVER) {
            statements.add("GRANT USAGE ON SEQUENCE report_batches" + to);
        }
        return statements;
    }

    /** The tables and views of the store: those of its owner in its schema that belong to no extension. */
    private static List<String> tables(Connection connection) throws SQLException {
        return Sql.on(connection, """
                SELECT quote_ident(c.relname) FROM pg_class c JOIN pg_class own ON own.oid = 'trackers'::regclass
                 WHERE c.relnamespace = own.relnamespace AND c.relowner = own.relowner AND c.relkind IN ('r', 'p', 'v', 'm')
                   AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
                 ORDER BY c.relname""").list(row -> row.getString(1));
    }
}
