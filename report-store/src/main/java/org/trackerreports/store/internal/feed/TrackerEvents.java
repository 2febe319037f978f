package org.trackerreports.store.internal.feed;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.trackerreports.store.feed.TrackerEvent;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.text.Labels;

/** Reads rows of {@code tracker_events}. */
public final class TrackerEvents {

    private TrackerEvents() {}

    public static TrackerEvent read(ResultSet row) throws SQLException {
        return new TrackerEvent(
                row.getObject("id", UUID.class),
                row.getLong("tracker_id"),
                TrackerEvent.Type.of(row.getString("type")),
                Sql.instant(row, "event_time"),
                Sql.instant(row, "recorded_at"),
                Labels.fromJson(row.getString("data")));
    }
}
