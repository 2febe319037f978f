package org.trackerreports.store.internal.movement;

import java.time.Clock;
import java.time.Duration;
import org.trackerreports.store.feed.Feed;
import org.trackerreports.store.feed.FeedPlace;
import org.trackerreports.store.internal.inbox.MovementDue;
import org.trackerreports.store.internal.inbox.Numbering;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.movement.Judge;
import org.trackerreports.store.movement.Judging;
import org.trackerreports.store.movement.JudgingBacklog;
import org.trackerreports.store.movement.JudgingResult;
import org.trackerreports.store.movement.JudgingSettings;

/** The judgement of reports in PostgreSQL. */
public record JdbcJudging(Database database, Feed feed, Clock clock) implements Judging {

    private record Waiting(FeedPlace place, long storedBefore, long due) {}

    @Override
    public JudgingResult step(Judge judge, JudgingSettings settings) {
        return database.transaction(
                "judge reports", connection -> new JudgingStep(connection, judge, settings, clock.instant()).run());
    }

    @Override
    public int findSilent(Duration usually) {
        return database.transaction("look for silent trackers", connection -> {
            // Only the holder of the lock may write to the feed.
            Numbering.lock(connection);
            return new TrackerConditions(connection).findSilent(usually);
        });
    }

    @Override
    public JudgingBacklog backlog() {
        Waiting waiting = database.session(
                "look what waits to be judged",
                connection -> Sql.on(
                                connection,
                                """
                                SELECT coalesce((SELECT "position" FROM feed_cursors WHERE consumer = ?), 0) AS position,
                                       coalesce((SELECT item FROM feed_cursors WHERE consumer = ?), 0) AS item,
                                       (SELECT count(*) FROM movement_due WHERE reason = ?) AS stored_before,
                                       (SELECT count(*) FROM movement_due WHERE reason <> ? AND due_at <= now()) AS due""",
                                Feed.JUDGE,
                                Feed.JUDGE,
                                MovementDue.STORED_BEFORE,
                                MovementDue.STORED_BEFORE)
                        .one(row -> new Waiting(
                                new FeedPlace(row.getLong("position"), row.getInt("item")),
                                row.getLong("stored_before"),
                                row.getLong("due"))));
        return new JudgingBacklog(feed.lag(waiting.place()), waiting.storedBefore(), waiting.due(), feed.isJudged());
    }
}
