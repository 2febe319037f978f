package org.trackerreports.store.internal.report;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.trackerreports.store.internal.sql.CompressedChunks;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.tracker.Alignments;
import org.trackerreports.store.report.InsertResult;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.ReportOutcome;
import org.trackerreports.store.retention.RetentionPolicy;
import org.trackerreports.store.tracker.AlignmentUpdate;

/** Stores one batch of reports in a transaction. One use. */
public record ReportBatch(Connection connection, Instant now) {

    private static final String INSERT = """
            WITH numbered AS (SELECT nextval('report_batches') AS batch),
            stored AS (
                INSERT INTO location_reports (hashed_adv_key, "timestamp", location, confidence, horizontal_accuracy, nearest_city,
                    tracker_id, status, payload, received_at, wrong_flags, undecryptable_reason, digest, batch)
                SELECT r.hashed_adv_key, timestamptz 'epoch' + r.micros * interval '1 microsecond',
                       location_of(r.latitude, r.longitude), r.confidence, r.accuracy, r.city,
                       r.tracker_id, r.status, r.payload,
                       timestamptz 'epoch' + r.received_micros * interval '1 microsecond',
                       string_to_array(r.flags, ','), r.reason, r.digest, numbered.batch
                  FROM numbered, unnest(?::text[], ?::bigint[], ?::float8[], ?::float8[], ?::int2[], ?::float8[], ?::text[],
                              ?::bigint[], ?::int2[], ?::bytea[], ?::bigint[], ?::text[], ?::text[], ?::uuid[])
                       AS r (hashed_adv_key, micros, latitude, longitude, confidence, accuracy, city, tracker_id,
                             status, payload, received_micros, flags, reason, digest)
                ON CONFLICT DO NOTHING
                RETURNING hashed_adv_key, "timestamp", digest),
            announced AS (
                INSERT INTO report_inbox (batch, change, items, earliest, latest)
                SELECT numbered.batch, 1, s.items, s.earliest, s.latest
                  FROM numbered, (SELECT count(*) AS items, min("timestamp") AS earliest, max("timestamp") AS latest FROM stored) s
                 WHERE s.items > 0)
            SELECT hashed_adv_key, "timestamp", digest FROM stored""";

    private record Identity(String hashedAdvKey, Instant timestamp, UUID digest) {}

    private record Item(int place, NewReport report, OptionalLong trackerId, Identity identity) {}

    /** Returns one outcome per report, in the given order. */
    public InsertResult store(List<NewReport> reports, List<AlignmentUpdate> alignments) throws SQLException {
        ReportOutcome[] outcomes = new ReportOutcome[reports.size()];
        List<Item> items = ownedItems(reports, outcomes);
        if (!items.isEmpty()) {
            if (items.stream().anyMatch(item -> mayBeCompressed(item.identity().timestamp()))) {
                CompressedChunks.allowChanges(connection);
            }
            // All writers insert index entries in the same order, so that no deadlock can occur.
            List<Item> sorted = new ArrayList<>(items);
            sorted.sort(Comparator.comparing((Item item) -> item.identity().hashedAdvKey())
                    .thenComparing(item -> item.identity().timestamp())
                    .thenComparing(item -> item.identity().digest()));
            Set<Identity> fresh = insert(sorted);
            for (Item item : items) {
                outcomes[item.place()] =
                        fresh.remove(item.identity()) ? new ReportOutcome.New() : new ReportOutcome.Duplicate();
            }
        }
        Alignments.advance(connection, alignments);
        return new InsertResult(Arrays.asList(outcomes));
    }

    /** The reports that can be stored, with their owners. Sets the outcome of the others. */
    private List<Item> ownedItems(List<NewReport> reports, ReportOutcome[] outcomes) throws SQLException {
        List<NewReport> sound = new ArrayList<>(reports.size());
        for (int place = 0; place < outcomes.length; place++) {
            Optional<String> flaw = ReportCheck.flawOf(reports.get(place), now);
            if (flaw.isEmpty()) {
                sound.add(reports.get(place));
            } else {
                outcomes[place] = new ReportOutcome.Refused(flaw.get());
            }
        }
        List<Item> items = new ArrayList<>(sound.size());
        if (sound.isEmpty()) {
            return items;
        }
        KeyOwnership owners = KeyOwnership.lock(connection, sound);
        for (int place = 0; place < outcomes.length; place++) {
            if (outcomes[place] == null) {
                NewReport report = reports.get(place);
                Optional<String> flaw = owners.flawOf(report);
                if (flaw.isEmpty()) {
                    items.add(new Item(place, report, owners.ownerOf(report), identityOf(report)));
                } else {
                    outcomes[place] = new ReportOutcome.Refused(flaw.get());
                }
            }
        }
        return items;
    }

    private static Identity identityOf(NewReport report) {
        return new Identity(
                report.hashedAdvKey(), report.timestamp().truncatedTo(ChronoUnit.MICROS), ReportDigest.of(report));
    }

    private boolean mayBeCompressed(Instant time) {
        return time.isBefore(now.minus(RetentionPolicy.MIN_COMPRESS_AFTER));
    }

    private Set<Identity> insert(List<Item> items) throws SQLException {
        ReportColumns columns = new ReportColumns(items.size());
        for (Item item : items) {
            columns.add(
                    item.report(),
                    item.trackerId(),
                    item.identity().timestamp(),
                    item.identity().digest());
        }
        Set<Identity> fresh = new HashSet<>();
        Sql.on(connection, INSERT, (Object[]) columns.parameters())
                .forEach(row -> fresh.add(
                        new Identity(row.getString(1), Sql.instant(row, "timestamp"), row.getObject(3, UUID.class))));
        return fresh;
    }
}
