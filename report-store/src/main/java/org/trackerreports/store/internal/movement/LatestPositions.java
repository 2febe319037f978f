package org.trackerreports.store.internal.movement;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.internal.inbox.Announcements;
import org.trackerreports.store.internal.inbox.MovementDue;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.internal.sql.StoreSettings;

/** The table of latest positions. */
public final class LatestPositions {

    /** Of equal times, the report with the smaller accuracy; of equal ones, that which hours and days show. */
    public static final String NEWEST_FIRST = "r.\"timestamp\" DESC, r.horizontal_accuracy, r.digest DESC";

    /** The confidence that a report needs to be a latest position. Absent for the usual one. */
    private static final String MINIMUM_CONFIDENCE = "latest_minimum_confidence";

    /** Chooses between reports of one time in one sort for all trackers: one for each costs more than its reports. */
    private static final String NEWEST = """
            SELECT DISTINCT ON (r.tracker_id)
                   r.tracker_id, r."timestamp", r.digest, r.hashed_adv_key, r.location, r.confidence, r.horizontal_accuracy,
                   r.nearest_city, r.status, r.uncertain_flags, r.received_at
              FROM unnest(?::bigint[]) AS t (id)
             CROSS JOIN LATERAL (SELECT * FROM location_reports r
                                  WHERE r.tracker_id = t.id AND r.confidence >= ? AND r.location IS NOT NULL
                                    AND r.wrong_flags = '{}'
                                  ORDER BY r."timestamp" DESC FETCH FIRST ROW WITH TIES) r
             ORDER BY r.tracker_id,\s""" + NEWEST_FIRST;

    private static final String UPDATE = "WITH newest AS (" + NEWEST + """
            ), gone AS (
                DELETE FROM latest_positions WHERE tracker_id = ANY (?) AND tracker_id NOT IN (SELECT tracker_id FROM newest))
            INSERT INTO latest_positions AS l SELECT * FROM newest
            ON CONFLICT (tracker_id) DO UPDATE
               SET ("timestamp", digest, hashed_adv_key, location, confidence, horizontal_accuracy, nearest_city, status, uncertain_flags,
                    received_at)
                 = (EXCLUDED."timestamp", EXCLUDED.digest, EXCLUDED.hashed_adv_key, EXCLUDED.location, EXCLUDED.confidence,
                    EXCLUDED.horizontal_accuracy, EXCLUDED.nearest_city, EXCLUDED.status, EXCLUDED.uncertain_flags, EXCLUDED.received_at)
             WHERE (l."timestamp", l.digest, l.hashed_adv_key, l.confidence, l.horizontal_accuracy, l.nearest_city, l.status,
                    l.uncertain_flags, location_latitude(l.location), location_longitude(l.location))
                IS DISTINCT FROM
                   (EXCLUDED."timestamp", EXCLUDED.digest, EXCLUDED.hashed_adv_key, EXCLUDED.confidence, EXCLUDED.horizontal_accuracy,
                    EXCLUDED.nearest_city, EXCLUDED.status, EXCLUDED.uncertain_flags, location_latitude(EXCLUDED.location),
                    location_longitude(EXCLUDED.location))""";

    private LatestPositions() {}

    /** Makes the rows of some trackers again from their reports. */
    static void update(Connection connection, Collection<Long> trackers, int minimumConfidence) throws SQLException {
        Sql.on(connection, UPDATE, ArrayOf.bigints(trackers), minimumConfidence, ArrayOf.bigints(trackers))
                .update();
    }

    /** Removes positions from before a time whose reports were removed, and announces their trackers. In a transaction. */
    public static void removeGone(Connection connection, Instant before) throws SQLException {
        List<Long> gone = Sql.on(
                        connection,
                        "DELETE FROM latest_positions l WHERE l.\"timestamp\" < ? AND NOT EXISTS (SELECT 1 FROM location_reports r"
                                + " WHERE r.tracker_id = l.tracker_id AND r.\"timestamp\" = l.\"timestamp\" AND r.digest = l.digest)"
                                + " RETURNING l.tracker_id",
                        before)
                .list(row -> row.getLong(1));
        Announcements.trackers(connection, gone);
    }

    /** The confidence that a report needs to be in the table. */
    public static int minimumConfidence(Connection connection) throws SQLException {
        return StoreSettings.find(connection, MINIMUM_CONFIDENCE)
                .map(Integer::parseInt)
                .orElse(HistoryQuery.DEFAULT_MINIMUM_CONFIDENCE);
    }

    /** Notes the confidence that a report needs from now on. If it was another, all trackers are judged once more. */
    static void follow(Connection connection, int minimumConfidence) throws SQLException {
        if (minimumConfidence(connection) != minimumConfidence) {
            StoreSettings.put(connection, MINIMUM_CONFIDENCE, Integer.toString(minimumConfidence));
            MovementDue.storedBefore(connection);
        }
    }

    /** Whether the table has the row of every tracker, for this minimum confidence. */
    public static boolean areComplete(Connection connection, int minimumConfidence) throws SQLException {
        return minimumConfidence(connection) == minimumConfidence && !MovementDue.anyStoredBefore(connection);
    }
}
