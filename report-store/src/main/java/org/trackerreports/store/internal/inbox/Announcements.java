package org.trackerreports.store.internal.inbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.report.StoredReport;

/** Announces in the inbox of the feed what the current transaction does. Reports that are stored announce themselves as they are inserted. */
public final class Announcements {

    /** Keeps a row of the inbox small. */
    private static final int MOST_ITEMS = 1_000;

    private Announcements() {}

    /** Reports that changed. */
    public static void revised(Connection connection, Collection<StoredReport> reports) throws SQLException {
        List<StoredReport> owned = reports.stream()
                .filter(report -> report.trackerId().isPresent())
                .toList();
        for (int from = 0; from < owned.size(); from += MOST_ITEMS) {
            List<StoredReport> part = owned.subList(from, Math.min(owned.size(), from + MOST_ITEMS));
            Sql.on(
                            connection,
                            "INSERT INTO report_inbox (batch, change, items, trackers, times, ids)"
                                    + " VALUES (nextval('report_batches'), ?, ?, ?, ?, ?)",
                            Change.REVISED.number(),
                            part.size(),
                            ArrayOf.bigints(part.stream()
                                    .map(report -> report.trackerId().getAsLong())
                                    .toList()),
                            ArrayOf.times(
                                    part.stream().map(StoredReport::timestamp).toList()),
                            ArrayOf.uuids(
                                    part.stream().map(StoredReport::digest).toList()))
                    .update();
        }
    }

    /** Trackers that were added, changed or removed. */
    public static void trackers(Connection connection, List<Long> ids) throws SQLException {
        for (int from = 0; from < ids.size(); from += MOST_ITEMS) {
            List<Long> part = ids.subList(from, Math.min(ids.size(), from + MOST_ITEMS));
            Sql.on(
                            connection,
                            "INSERT INTO report_inbox (batch, change, items, trackers) VALUES (nextval('report_batches'), ?, ?, ?)",
                            Change.TRACKERS.number(),
                            part.size(),
                            ArrayOf.bigints(part))
                    .update();
        }
    }

    /**
     * Puts an entry directly into the feed. Only for the session that holds the lock of the feed, whose entries need no judgement.
     *
     * @param times of the reports; empty for other changes
     * @param revisions of the transitions; empty for other changes
     */
    public static void judged(
            Connection connection,
            Change change,
            List<Long> trackers,
            List<Instant> times,
            List<UUID> ids,
            List<Integer> revisions)
            throws SQLException {
        for (int from = 0; from < ids.size(); from += MOST_ITEMS) {
            int to = Math.min(ids.size(), from + MOST_ITEMS);
            Sql.on(
                            connection,
                            "INSERT INTO report_feed (batch, change, items, trackers, times, ids, revisions, created_at, judged)"
                                    + " VALUES (nextval('report_batches'), ?, ?, ?, ?, ?, ?, now(), true)",
                            change.number(),
                            to - from,
                            ArrayOf.bigints(trackers.subList(from, to)),
                            ArrayOf.times(times.isEmpty() ? times : times.subList(from, to)),
                            ArrayOf.uuids(ids.subList(from, to)),
                            new ArrayOf(
                                    "integer",
                                    (revisions.isEmpty() ? revisions : revisions.subList(from, to)).toArray()))
                    .update();
        }
    }
}
