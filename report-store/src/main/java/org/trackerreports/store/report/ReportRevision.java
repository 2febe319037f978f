package org.trackerreports.store.report;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.trackerreports.store.sql.CompressedChunks;
import org.trackerreports.store.sql.Database;

/** Goes through stored reports in batches and replaces their decoded parts. Each batch is a transaction. One use. */
final class ReportRevision {

    private static final int BATCH = 1_000;
    private static final String UPDATE = """
            UPDATE location_reports r
               SET location = location_of(v.latitude, v.longitude), confidence = v.confidence,
                   horizontal_accuracy = v.accuracy, status = v.status, nearest_city = v.city,
                   marks = string_to_array(v.marks, ','), undecryptable_reason = v.reason
              FROM unnest(?::text[], ?::bigint[], ?::float8[], ?::float8[], ?::int2[], ?::float8[], ?::text[], ?::bigint[],
                          ?::int2[], ?::bytea[], ?::bigint[], ?::text[], ?::text[], ?::uuid[])
                   AS v (hashed_adv_key, micros, latitude, longitude, confidence, accuracy, city, tracker_id,
                         status, payload, received_micros, marks, reason, digest)
             WHERE r.hashed_adv_key = v.hashed_adv_key AND r.digest = v.digest
               AND r."timestamp" = timestamptz 'epoch' + v.micros * interval '1 microsecond'
               AND r.hashed_adv_key BETWEEN ? AND ?""";

    private record Row(StoredReport report, UUID digest) {}

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
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT count(*) FROM location_reports r WHERE " + condition(selection))) {
            bind(connection, statement, 1, selection);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static String condition(ReportSelection selection) {
        return selection.which().condition() + " AND r.\"timestamp\" >= ? AND r.\"timestamp\" < ?"
                + (selection.trackerIds().isEmpty() ? "" : " AND r.tracker_id = ANY (?)");
    }

    private static void bind(Connection connection, PreparedStatement statement, int first, ReportSelection selection)
            throws SQLException {
        statement.setObject(first, Database.utc(selection.from()));
        statement.setObject(first + 1, Database.utc(selection.to()));
        if (!selection.trackerIds().isEmpty()) {
            statement.setArray(
                    first + 2,
                    connection.createArrayOf("bigint", selection.trackerIds().toArray()));
        }
    }

    private int reviseBatch(Connection connection) throws SQLException {
        List<Row> rows = nextRows(connection);
        ReportColumns columns = new ReportColumns(rows.size());
        int replaced = 0;
        for (Row row : rows) {
            NewReport revised = revise(row.report());
            if (revised != null) {
                // Whose it is stays as it is, so the statement does not ask for it.
                columns.add(revised, null, row.report().timestamp(), row.digest());
                replaced++;
            }
        }
        if (replaced > 0) {
            CompressedChunks.allowChanges(connection);
            try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
                columns.bind(connection, statement);
                // Says nothing new, but shows TimescaleDB which compressed blocks have nothing to do with this.
                statement.setString(15, rows.get(0).report().hashedAdvKey());
                statement.setString(16, rows.get(rows.size() - 1).report().hashedAdvKey());
                changed += statement.executeUpdate();
            }
        }
        examined += rows.size();
        if (!rows.isEmpty()) {
            Row last = rows.get(rows.size() - 1);
            lastKey = last.report().hashedAdvKey();
            lastTime = last.report().timestamp();
            lastDigest = last.digest();
        }
        return rows.size();
    }

    /** The report with its new parts, or null when it stays as it is. */
    private NewReport revise(StoredReport report) {
        try {
            ReportContent content = reviser.revise(report);
            if (content.equals(report.content())) {
                return null;
            }
            NewReport revised = new NewReport(
                    report.trackerId(),
                    report.hashedAdvKey(),
                    report.timestamp(),
                    content,
                    report.payload(),
                    report.receivedAt());
            String flaw = ReportCheck.flawOf(revised, now);
            if (flaw == null) {
                return revised;
            }
            failures.merge(flaw, 1L, Long::sum);
        } catch (RuntimeException e) {
            failures.merge("its new parts could not be made: " + e.getClass().getName(), 1L, Long::sum);
        }
        return null;
    }

    private List<Row> nextRows(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + ReportRows.COLUMNS
                + ", r.digest FROM location_reports r WHERE (r.hashed_adv_key, r.\"timestamp\", r.digest) > (?, ?, ?) AND "
                + condition(selection) + " ORDER BY r.hashed_adv_key, r.\"timestamp\", r.digest LIMIT " + BATCH)) {
            statement.setString(1, lastKey);
            statement.setObject(2, Database.utc(lastTime));
            statement.setObject(3, lastDigest);
            bind(connection, statement, 4, selection);
            List<Row> rows = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(new Row(ReportRows.read(row), row.getObject("digest", UUID.class)));
                }
            }
            return rows;
        }
    }
}
