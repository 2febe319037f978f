package org.trackerreports.store.internal.place;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.place.Transition;

/** Reads rows of {@code place_transitions}. */
public final class TransitionRows {

    private TransitionRows() {}

    public static Transition read(ResultSet row) throws SQLException {
        return new Transition(
                row.getObject("id", UUID.class),
                row.getInt("revision"),
                row.getLong("tracker_id"),
                row.getLong("place_id"),
                Transition.Direction.of(row.getString("direction")),
                Sql.instant(row, "event_time"),
                Sql.instant(row, "decided_time"),
                row.getObject("causing_digest", UUID.class),
                Sql.instant(row, "recorded_at"),
                row.getBoolean("late"),
                row.getObject("withdrawn_at") != null);
    }
}
