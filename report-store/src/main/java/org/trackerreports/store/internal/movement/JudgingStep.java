package org.trackerreports.store.internal.movement;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.trackerreports.store.feed.Feed;
import org.trackerreports.store.internal.inbox.FeedCursors;
import org.trackerreports.store.internal.inbox.FeedEntry;
import org.trackerreports.store.internal.inbox.FeedFloor;
import org.trackerreports.store.internal.inbox.MovementDue;
import org.trackerreports.store.internal.inbox.Numbering;
import org.trackerreports.store.internal.movement.WindowReader.Window;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.internal.text.Labels;
import org.trackerreports.store.movement.Judge;
import org.trackerreports.store.movement.JudgedReport;
import org.trackerreports.store.movement.JudgingResult;
import org.trackerreports.store.movement.JudgingSettings;
import org.trackerreports.store.movement.ReportWindow;
import org.trackerreports.store.movement.WindowJudgement;
import org.trackerreports.store.report.StoredReport;

/** Judges the next entries of the feed and the trackers that are due, in the transaction of the caller. One use. */
final class JudgingStep {

    /** Enough for a tracker that stays, and a twin; whoever needs more gets twice as many. */
    private static final int FIRST_MARGIN = 10;

    private static final int MOST_DUE = 50;
    static final Duration TRY_AGAIN = Duration.ofHours(1);

    private final Connection connection;
    private final Judge judge;
    private final JudgingSettings settings;
    private final Instant now;
    private final WindowReader reader;
    private final FlagWriter flags = new FlagWriter();
    private final Map<Long, Optional<MovementDue.Again>> unconfirmed = new TreeMap<>();
    private final TransitionWriter transitions;
    private final TrackerConditions conditions;
    private final Map<Long, RuntimeException> failed = new TreeMap<>();
    private long judged;

    JudgingStep(Connection connection, Judge judge, JudgingSettings settings, Instant now) {
        this.connection = connection;
        this.judge = judge;
        this.settings = settings;
        this.now = now;
        this.reader = new WindowReader(connection);
        this.transitions = new TransitionWriter(connection, judge, settings, now, failed);
        this.conditions = new TrackerConditions(connection);
    }

    JudgingResult run() throws SQLException {
        if (!Numbering.tryLock(connection)) {
            return JudgingResult.BUSY;
        }
        Numbering.number(connection);
        LatestPositions.follow(connection, settings.minimumConfidence());
        long position = notBehindTheFeed(position());
        List<FeedEntry> entries = FeedEntry.after(connection, position, Long.MAX_VALUE, settings.reports());
        SortedMap<Long, ChangedRange> ranges = new TreeMap<>(ChangedTrackers.of(connection, entries));
        List<MovementDue.Due> due = MovementDue.now(connection, now, MOST_DUE);
        Set<Long> old = addDue(due, ranges);
        Map<Long, Map<String, String>> labels = lockTrackers(ranges.keySet());
        ranges.keySet().retainAll(labels.keySet());
        if (!ranges.isEmpty()) {
            Map<Long, ChangedRange> touched = judgeReports(ranges, labels);
            flags.write(connection, position);
            LatestPositions.update(connection, touched.keySet(), settings.minimumConfidence());
            transitions.write(touched, labels, old);
            conditions.write(ranges);
            MovementDue.setUnconfirmed(connection, unconfirmed);
        }
        if (!entries.isEmpty()) {
            advance(entries.get(entries.size() - 1));
        }
        return new JudgingResult(
                false,
                entries.size(),
                judged,
                flags.given(),
                transitions.raised(),
                transitions.withdrawn(),
                conditions.events(),
                failed,
                !entries.isEmpty() || !due.isEmpty());
    }

    /** How far the feed is judged. Also says that somebody judges it, but not so often that an idle system writes all the time. */
    private long position() throws SQLException {
        // Asked first, because an insert that finds the row locks it, which is written to the disk.
        Optional<Long> heard = Sql.on(
                        connection,
                        "SELECT \"position\" FROM feed_cursors WHERE consumer = ? AND owner = ? AND heard_at > now() - "
                                + FeedCursors.JUDGE_HEARTBEAT,
                        Feed.JUDGE,
                        settings.instance())
                .first(row -> row.getLong(1));
        return heard.isPresent() ? heard.get() : announcedPosition();
    }

    private long announcedPosition() throws SQLException {
        return Sql.on(
                        connection,
                        "INSERT INTO feed_cursors AS c (consumer, \"position\", owner, owned_until)"
                                + " VALUES (?, 0, ?, now() + " + FeedCursors.JUDGED_WITHIN + ")"
                                + " ON CONFLICT (consumer) DO UPDATE SET owner = EXCLUDED.owner,"
                                + " owned_until = EXCLUDED.owned_until, heard_at = now()"
                                + " RETURNING \"position\"",
                        Feed.JUDGE,
                        settings.instance())
                .one(row -> row.getLong(1));
    }

    /**
     * If nobody judged for so long that the feed has lost some of what was stored meanwhile, everything is judged once more.
     *
     * @return from where the feed is complete
     */
    private long notBehindTheFeed(long position) throws SQLException {
        long floor = FeedFloor.read(connection);
        if (position >= floor) {
            return position;
        }
        MovementDue.storedBefore(connection);
        moveTo(floor, 0);
        return floor;
    }

    private void advance(FeedEntry last) throws SQLException {
        moveTo(last.position(), last.items());
        // For the readers that stop at this cursor.
        Sql.on(connection, "SELECT pg_notify('trackerreports_judged', '')").execute();
    }

    private void moveTo(long position, int item) throws SQLException {
        Sql.on(
                        connection,
                        "UPDATE feed_cursors SET \"position\" = ?, item = ?, heard_at = now() WHERE consumer = ?",
                        position,
                        item,
                        Feed.JUDGE)
                .update();
    }

    /**
     * Adds the trackers that are due to those that changed.
     *
     * @return those whose transitions are no news
     */
    private Set<Long> addDue(List<MovementDue.Due> all, Map<Long, ChangedRange> ranges) throws SQLException {
        Set<Long> old = new HashSet<>();
        long room = settings.reports();
        for (MovementDue.Due due : all) {
            if (room <= 0) {
                break;
            }
            Chunk chunk = chunk(due, room);
            room -= Math.max(1, chunk.reports());
            // If none is left, the latest position and the transitions still have to learn that.
            Instant last = chunk.last().orElse(due.from());
            ranges.merge(due.trackerId(), new ChangedRange(due.from(), last, Instant.EPOCH), ChangedRange::and);
            if (chunk.isLast()) {
                MovementDue.done(connection, due);
            } else {
                MovementDue.goOn(connection, due, last.plusNanos(1_000));
            }
            if (due.isOld()) {
                old.add(due.trackerId());
            }
        }
        return old;
    }

    /** The next reports of a tracker that is due: up to which time, how many, and whether they are all. */
    private record Chunk(Optional<Instant> last, long reports, boolean isLast) {}

    private Chunk chunk(MovementDue.Due due, long limit) throws SQLException {
        return Sql.on(
                        connection,
                        "SELECT max(\"timestamp\") AS last, count(*) AS reports FROM (SELECT \"timestamp\" FROM location_reports"
                                + " WHERE tracker_id = ? AND \"timestamp\" >= ? ORDER BY \"timestamp\" LIMIT ?) next",
                        due.trackerId(),
                        due.from(),
                        limit)
                .one(row -> new Chunk(
                        Sql.optionalInstant(row, "last"), row.getLong("reports"), row.getLong("reports") < limit));
    }

    /** Their labels. None of them can be removed until this step is done; what was removed before is left out. */
    private Map<Long, Map<String, String>> lockTrackers(Collection<Long> ids) throws SQLException {
        Map<Long, Map<String, String>> labels = new HashMap<>();
        if (!ids.isEmpty()) {
            Sql.on(
                            connection,
                            "SELECT id, labels FROM trackers WHERE id = ANY (?) ORDER BY id FOR KEY SHARE",
                            ArrayOf.bigints(List.copyOf(ids)))
                    .forEach(row -> labels.put(row.getLong("id"), Labels.fromJson(row.getString("labels"))));
        }
        return labels;
    }

    /**
     * Judges the reports of each tracker around its range.
     *
     * @return the ranges in which something changed, including the reports whose flags did
     */
    private Map<Long, ChangedRange> judgeReports(
            SortedMap<Long, ChangedRange> ranges, Map<Long, Map<String, String>> labels) throws SQLException {
        Map<Long, ChangedRange> touched = new LinkedHashMap<>();
        Map<Long, ChangedRange> left = new TreeMap<>(ranges);
        for (int margin = FIRST_MARGIN; !left.isEmpty(); margin *= 2) {
            Map<Long, ChangedRange> next = new TreeMap<>();
            for (Map.Entry<Long, Window> entry : reader.around(left, margin).entrySet()) {
                long tracker = entry.getKey();
                ChangedRange range = Objects.requireNonNull(left.get(tracker));
                Window window = entry.getValue();
                Optional<WindowJudgement> judgement =
                        judgement(tracker, Objects.requireNonNull(labels.get(tracker)), range, window);
                if (judgement.isEmpty()) {
                    MovementDue.failed(connection, tracker, range.from(), now.plus(TRY_AGAIN));
                } else if (judgement.get().isComplete()) {
                    touched.put(tracker, note(tracker, range, window, judgement.get()));
                } else {
                    next.put(tracker, range);
                }
            }
            left = next;
        }
        return touched;
    }

    /** Empty if the judge failed: its mistake about one tracker must not stop the others. */
    private Optional<WindowJudgement> judgement(
            long tracker, Map<String, String> labels, ChangedRange range, Window window) {
        try {
            return Optional.of(judge.judge(new ReportWindow(
                    tracker,
                    labels,
                    WindowReader.reports(window.rows()),
                    window.fromBeginning(),
                    window.toEnd(),
                    range.from(),
                    range.to(),
                    now)));
        } catch (RuntimeException e) {
            failed.put(tracker, e);
            return Optional.empty();
        }
    }

    private ChangedRange note(long tracker, ChangedRange range, Window window, WindowJudgement judgement) {
        ChangedRange touched = range;
        for (JudgedReport report : judgement.reports()) {
            if (flags.add(report, window.rows())) {
                Instant time = report.report().timestamp();
                touched = touched.and(new ChangedRange(time, time, Instant.EPOCH));
            }
        }
        judged += judgement.reports().size();
        if (judgement.includesNewest()) {
            List<StoredReport> all = WindowReader.reports(window.rows());
            unconfirmed.put(
                    tracker,
                    judgement
                            .judgeAgainAt()
                            .map(at -> new MovementDue.Again(
                                    all.get(all.size() - 1).timestamp(), at)));
            conditions.sawNewest(tracker, all, judge);
        }
        return touched;
    }
}
