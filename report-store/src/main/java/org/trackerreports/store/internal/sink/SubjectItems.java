package org.trackerreports.store.internal.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.trackerreports.store.feed.FeedItem;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.internal.feed.TrackerEvents;
import org.trackerreports.store.internal.place.TransitionRows;
import org.trackerreports.store.internal.report.ReportRows;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.sink.SinkFailure.Subject;

/** Finds again what an event was about. */
final class SubjectItems {

    private SubjectItems() {}

    static Optional<FeedItem> of(Connection connection, String where, Subject subject) throws SQLException {
        FeedPlace place = FeedPlace.parse(where);
        return switch (subject.kind()) {
            case REPORT -> report(connection, place, subject);
            case TRANSITION ->
                Sql.on(connection, "SELECT * FROM place_transitions WHERE id = ?", subject.reference())
                        .first(TransitionRows::read)
                        .map(found -> new FeedItem.OfTransition(place, found.asOf((int) subject.number())));
            case EVENT ->
                Sql.on(connection, "SELECT * FROM tracker_events WHERE id = ?", subject.reference())
                        .first(TrackerEvents::read)
                        .map(found -> new FeedItem.OfEvent(place, found));
        };
    }

    private static Optional<FeedItem> report(Connection connection, FeedPlace place, Subject subject)
            throws SQLException {
        return Sql.on(
                        connection,
                        "SELECT " + ReportRows.COLUMNS + " FROM location_reports r WHERE r.tracker_id = ?"
                                + " AND r.\"timestamp\" = ? AND r.digest = ? LIMIT 1",
                        subject.trackerId(),
                        subject.eventTime(),
                        subject.reference())
                .first(ReportRows::read)
                .map(found -> new FeedItem.OfReport(place, Math.abs(subject.number()), subject.number() < 0, found));
    }
}
