package org.trackerreports.store.internal.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.sink.SinkWithheld;
import org.trackerreports.store.sink.WithheldReport;

/** The reports that sinks were not told, in PostgreSQL. */
record JdbcSinkWithheld(Database database) implements SinkWithheld {

    private static final String FORGET_AFTER = "interval '60 days'";
    private static final String GIVEN =
            "unnest(?::bigint[], ?::timestamptz[], ?::uuid[]) AS g (tracker_id, event_time, digest)";
    private static final String SAME =
            "w.sink = ? AND w.tracker_id = g.tracker_id AND w.event_time = g.event_time AND w.digest = g.digest";

    @Override
    public void add(String sink, Collection<WithheldReport> reports) {
        if (reports.isEmpty()) {
            return;
        }
        database.inTransaction("note reports that are withheld", connection -> {
            on(
                            connection,
                            "INSERT INTO sink_withheld SELECT s.name, g.* FROM " + GIVEN
                                    + ", (SELECT ?::text AS name) s ON CONFLICT DO NOTHING",
                            reports,
                            sink)
                    .update();
            Sql.on(
                            connection,
                            "DELETE FROM sink_withheld WHERE sink = ? AND event_time < now() - " + FORGET_AFTER,
                            sink)
                    .update();
        });
    }

    @Override
    public Set<WithheldReport> find(String sink, Collection<WithheldReport> reports) {
        if (reports.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(database.session(
                "look for reports that are withheld",
                connection -> on(
                                connection,
                                "SELECT w.tracker_id, w.event_time, w.digest FROM " + GIVEN
                                        + " JOIN sink_withheld w ON " + SAME,
                                reports,
                                sink)
                        .list(row -> new WithheldReport(
                                row.getLong("tracker_id"),
                                Sql.instant(row, "event_time"),
                                row.getObject("digest", UUID.class)))));
    }

    @Override
    public void remove(String sink, Collection<WithheldReport> reports) {
        if (reports.isEmpty()) {
            return;
        }
        database.session(
                "forget reports that were withheld",
                connection -> on(
                                connection,
                                "DELETE FROM sink_withheld w USING " + GIVEN + " WHERE " + SAME,
                                reports,
                                sink)
                        .update());
    }

    private static Sql on(Connection connection, String sql, Collection<WithheldReport> reports, String sink)
            throws SQLException {
        List<WithheldReport> list = List.copyOf(reports);
        return Sql.on(
                connection,
                sql,
                ArrayOf.bigints(list.stream().map(WithheldReport::trackerId).toList()),
                ArrayOf.times(list.stream().map(WithheldReport::time).toList()),
                ArrayOf.uuids(list.stream().map(WithheldReport::digest).toList()),
                sink);
    }
}
