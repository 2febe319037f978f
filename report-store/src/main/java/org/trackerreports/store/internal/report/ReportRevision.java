package org.trackerreports.store.internal.report;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.trackerreports.store.internal.inbox.Announcements;
import org.trackerreports.store.internal.inbox.Numbering;
import org.trackerreports.store.internal.sql.CompressedChunks;
import org.trackerreports.store.internal.sql.Database;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.ReportContent;
import org.trackerreports.store.report.ReportSelection;
import org.trackerreports.store.report.Reviser;
import org.trackerreports.store.report.RevisionResult;
import org.trackerreports.store.report.StoredReport;

/** Walks through stored reports in batches and replaces their content. Each batch is a transaction. One use. */
final class ReportRevision {

    private static final int BATCH = 1_000;
    private static final String UPDATE = """
            UPDATE location_reports r
               SET location = location_of(v.latitude, v.longitude), confidence = v.confidence,
                   horizontal_accuracy = v.accuracy, status = v.status, nearest_city = v.city,
                   wrong_flags = string_to_array(v.flags, ','), undecryptable_reason = v.reason
              FROM unnest(?::text[], ?::bigint[], ?::float8[], ?::float8[], ?::int2[], ?::float8[], ?::text[], ?::bigint[],
                          ?::int2[], ?::bytea[], ?::bigint[], ?::text[], ?::text[], ?::uuid[])
                   AS v (hashed_adv_key, micros, latitude, longitude, confidence, accuracy, city, tracker_id,
                         status, payload, received_micros, flags, reason, digest)
             WHERE r.hashed_adv_key = v.hashed_adv_key AND r.digest = v.digest
               AND r."timestamp" = timestamptz 'epoch' + v.micros * interval '1 microsecond'
               AND r.hashed_adv_key BETWEEN ? AND ?
            RETURNING\s""" + ReportRows.COLUMNS;

    /** The flags of a wrong position that follow from other reports. */
    private static final Set<String> JUDGED = Set.of("SPEED", "SPIKE");

    private final Database database;
    private final ReportSelection selection;
    private final Reviser reviser;
    private final Instant now;
    private String lastKey = "";
    private Instant lastTime = Instant.EPOCH;
    private UUID lastDigest = new UUID(0, 0);
    private long examined;
    private long changed;
    private final Map<String, Long> failures = new TreeMap<>();

    ReportRevision(Database database, ReportSelection selection, Reviser reviser, Instant now) {
        this.database = database;
        this.selection = selection;
        this.reviser = reviser;
        this.now = now;
    }

    RevisionResult run(Consumer<RevisionResult> progress) {
        int batch;
        do {
            batch = database.transaction("revise reports", this::reviseBatch);
            progress.accept(new RevisionResult(examined, changed, failures));
        } while (batch == BATCH);
        return new RevisionResult(examined, changed, failures);
    }

    static long count(Connection connection, ReportSelection selection) throws SQLException {
        return Sql.on(
                        connection,
                        "SELECT count(*) FROM location_reports r WHERE " + condition(selection),
                        parameters(selection).toArray())
                .one(row -> row.getLong(1));
    }

    private static String condition(ReportSelection selection) {
        String which = switch (selection.which()) {
            case WITH_PAYLOAD -> "r.payload IS NOT NULL";
            case UNDECRYPTABLE -> "r.payload IS NOT NULL AND r.undecryptable_reason IS NOT NULL";
            case WITHOUT_CITY -> "r.location IS NOT NULL AND r.nearest_city IS NULL";
        };
        return which + " AND r.\"timestamp\" >= ? AND r.\"timestamp\" < ?"
                + (selection.trackerIds().isEmpty() ? "" : " AND r.tracker_id = ANY (?)");
    }

    private static List<Object> parameters(ReportSelection selection) {
        List<Object> parameters = new ArrayList<>(List.of(selection.from(), selection.to()));
        if (!selection.trackerIds().isEmpty()) {
            parameters.add(ArrayOf.bigints(selection.trackerIds()));
        }
        return parameters;
    }

    private int reviseBatch(Connection connection) throws SQLException {
        // Whoever judges reports writes to the same rows, in another order.
        Numbering.lock(connection);
        List<StoredReport> rows = nextRows(connection);
        if (rows.isEmpty()) {
            return 0;
        }
        StoredReport last = rows.get(rows.size() - 1);
        ReportColumns columns = new ReportColumns(rows.size());
        int replaced = 0;
        for (StoredReport row : rows) {
            Optional<NewReport> revised = revise(row);
            if (revised.isPresent()) {
                // The tracker stays as it is, and the statement does not use it.
                columns.add(revised.get(), OptionalLong.empty(), row.timestamp(), row.digest());
                replaced++;
            }
        }
        if (replaced > 0) {
            CompressedChunks.allowChanges(connection);
            List<Object> parameters = new ArrayList<>(List.of((Object[]) columns.parameters()));
            // Redundant, but lets TimescaleDB skip the compressed blocks that hold none of these keys.
            parameters.add(rows.get(0).hashedAdvKey());
            parameters.add(last.hashedAdvKey());
            List<StoredReport> updated =
                    Sql.on(connection, UPDATE, parameters.toArray()).list(ReportRows::read);
            Announcements.revised(connection, updated);
            changed += updated.size();
        }
        examined += rows.size();
        lastKey = last.hashedAdvKey();
        lastTime = last.timestamp();
        lastDigest = last.digest();
        return rows.size();
    }

    /** The report with its new content; empty if it stays as it is. */
    private Optional<NewReport> revise(StoredReport report) {
        try {
            ReportContent content = withJudgedFlags(reviser.revise(report), report.content());
            if (content.equals(report.content())) {
                return Optional.empty();
            }
            NewReport revised = new NewReport(
                    report.trackerId(),
                    report.hashedAdvKey(),
                    report.timestamp(),
                    content,
                    report.payload(),
                    report.receivedAt());
            Optional<String> flaw = ReportCheck.flawOf(revised, now);
            if (flaw.isEmpty()) {
                return Optional.of(revised);
            }
            failures.merge(flaw.get(), 1L, Long::sum);
        } catch (RuntimeException e) {
            failures.merge(
                    "the content could not be made again: " + e.getClass().getName(), 1L, Long::sum);
        }
        return Optional.empty();
    }

    /** What was judged from other reports too is judged again afterwards. Until then it holds. */
    private static ReportContent withJudgedFlags(ReportContent revised, ReportContent stored) {
        Set<String> wrong = new HashSet<>(revised.wrongFlags());
        wrong.removeAll(JUDGED);
        stored.wrongFlags().stream().filter(JUDGED::contains).forEach(wrong::add);
        return revised.withFlags(wrong, stored.uncertainFlags());
    }

    private List<StoredReport> nextRows(Connection connection) throws SQLException {
        List<Object> parameters = new ArrayList<>(List.of(lastKey, lastTime, lastDigest));
        parameters.addAll(parameters(selection));
        return Sql.on(
                        connection,
                        "SELECT " + ReportRows.COLUMNS + " FROM location_reports r"
                                + " WHERE (r.hashed_adv_key, r.\"timestamp\", r.digest) > (?, ?, ?) AND "
                                + condition(selection)
                                + " ORDER BY r.hashed_adv_key, r.\"timestamp\", r.digest LIMIT " + BATCH,
                        parameters.toArray())
                .list(ReportRows::read);
    }
}
