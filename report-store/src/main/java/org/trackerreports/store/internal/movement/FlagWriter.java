package org.trackerreports.store.internal.movement;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.trackerreports.store.internal.inbox.Announcements;
import org.trackerreports.store.internal.inbox.Change;
import org.trackerreports.store.internal.sql.CompressedChunks;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.movement.JudgedReport;
import org.trackerreports.store.report.StoredReport;

/** Collects the flags that changed, and writes them at once. Not thread-safe. */
final class FlagWriter {

    /** The flags of a wrong position that a judge gives. Others are kept: whoever stored the report gave them. */
    private static final Set<String> JUDGED = Set.of("SPEED", "SPIKE", "NULL_ISLAND", "FUTURE");

    private static final String UPDATE = """
            UPDATE location_reports r
               SET wrong_flags = string_to_array(v.wrong, ','), uncertain_flags = nullif(string_to_array(v.uncertain, ','), '{}')
              FROM unnest(?::bigint[], ?::timestamptz[], ?::uuid[], ?::text[], ?::text[]) AS v (tracker_id, time, digest, wrong, uncertain)
             WHERE r.tracker_id = v.tracker_id AND r."timestamp" = v.time AND r.digest = v.digest""";

    private record Flags(Set<String> wrong, Set<String> uncertain) {}

    private record Written(JudgedRow row, Flags flags) {}

    private final List<Written> changes = new ArrayList<>();
    private final Map<String, Integer> given = new TreeMap<>();

    /** How many reports got each flag that they did not have. */
    Map<String, Integer> given() {
        return given;
    }

    /**
     * Notes the judgement of a report.
     *
     * @param rows the reports of its tracker that were read
     * @return whether its flags change
     */
    boolean add(JudgedReport judged, List<JudgedRow> rows) {
        StoredReport report = judged.report();
        Set<String> wrong = new TreeSet<>(judged.wrongFlags());
        report.content().wrongFlags().stream()
                .filter(flag -> !JUDGED.contains(flag))
                .forEach(wrong::add);
        Set<String> uncertain = new TreeSet<>(judged.uncertainFlags());
        if (wrong.equals(report.content().wrongFlags())
                && uncertain.equals(report.content().uncertainFlags())) {
            return false;
        }
        changes.add(new Written(rowOf(report, rows), new Flags(wrong, uncertain)));
        Set<String> fresh = new HashSet<>(wrong);
        fresh.addAll(uncertain);
        fresh.removeAll(report.content().flags());
        fresh.forEach(flag -> given.merge(flag, 1, Integer::sum));
        return true;
    }

    private static JudgedRow rowOf(StoredReport report, List<JudgedRow> rows) {
        return rows.stream()
                .filter(row -> row.report().timestamp().equals(report.timestamp())
                        && row.report().digest().equals(report.digest())
                        && row.report().hashedAdvKey().equals(report.hashedAdvKey()))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Writes what changed. Readers of the feed are told of those reports that they were told of before.
     *
     * @param position up to which the feed was judged before this step
     */
    void write(Connection connection, long position) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        CompressedChunks.allowChanges(connection);
        Sql.on(
                        connection,
                        UPDATE,
                        ArrayOf.bigints(trackers(changes)),
                        ArrayOf.times(times(changes)),
                        ArrayOf.uuids(changes.stream()
                                .map(change -> change.row().report().digest())
                                .toList()),
                        ArrayOf.texts(changes.stream()
                                .map(change -> String.join(",", change.flags().wrong()))
                                .toList()),
                        ArrayOf.texts(changes.stream()
                                .map(change -> String.join(",", change.flags().uncertain()))
                                .toList()))
                .update();
        Set<Long> untold = untold(connection, position);
        List<Written> told = changes.stream()
                .filter(change -> !untold.contains(change.row().batch().orElse(0)))
                .toList();
        Announcements.judged(
                connection,
                Change.REVISED,
                trackers(told),
                times(told),
                told.stream().map(change -> change.row().report().digest()).toList(),
                List.of());
    }

    /** The batches that no reader of the feed has seen yet. */
    private Set<Long> untold(Connection connection, long position) throws SQLException {
        List<Long> batches = changes.stream()
                .flatMapToLong(change -> change.row().batch().stream())
                .distinct()
                .boxed()
                .toList();
        return new HashSet<>(Sql.on(
                        connection,
                        "SELECT batch FROM report_feed WHERE \"position\" > ? AND batch = ANY (?)"
                                + " UNION ALL SELECT batch FROM report_inbox WHERE batch = ANY (?)",
                        position,
                        ArrayOf.bigints(batches),
                        ArrayOf.bigints(batches))
                .list(row -> row.getLong(1)));
    }

    private static List<Long> trackers(List<Written> written) {
        return written.stream()
                .map(change -> change.row().report().trackerId().getAsLong())
                .toList();
    }

    private static List<Instant> times(List<Written> written) {
        return written.stream().map(change -> change.row().report().timestamp()).toList();
    }
}
