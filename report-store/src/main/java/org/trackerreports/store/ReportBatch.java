package org.trackerreports.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Stores one batch of reports inside a transaction. One use. */
final class ReportBatch {

    private static final String INSERT =
            """
            INSERT INTO location_reports (hashed_adv_key, "timestamp", location, confidence, horizontal_accuracy,
                nearest_city, tracker_id, status, payload, received_at, marks, undecryptable_reason, digest)
            SELECT r.hashed_adv_key, timestamptz 'epoch' + r.micros * interval '1 microsecond',
                   location_of(r.latitude, r.longitude), r.confidence, r.accuracy, r.city,
                   coalesce(r.tracker_id,
                       (SELECT k.tracker_id FROM tracker_keys k WHERE k.hashed_adv_key = r.hashed_adv_key)),
                   r.status, r.payload,
                   timestamptz 'epoch' + r.received_micros * interval '1 microsecond',
                   string_to_array(r.marks, ','), r.reason, r.digest
              FROM unnest(?::text[], ?::bigint[], ?::float8[], ?::float8[], ?::int2[], ?::float8[], ?::text[], ?::bigint[],
                          ?::int2[], ?::bytea[], ?::bigint[], ?::text[], ?::text[], ?::uuid[])
                   AS r (hashed_adv_key, micros, latitude, longitude, confidence, accuracy, city, tracker_id,
                         status, payload, received_micros, marks, reason, digest)
            ON CONFLICT DO NOTHING
            RETURNING hashed_adv_key, "timestamp", digest""";

    private record Identity(String hashedAdvKey, Instant timestamp, UUID digest) {}

    private record Item(int place, NewReport report, Identity identity) {}

    private final Connection connection;
    private final Instant now;

    ReportBatch(Connection connection, Instant now) {
        this.connection = connection;
        this.now = now;
    }

    InsertResult store(List<NewReport> reports, List<AlignmentUpdate> alignments) throws SQLException {
        ReportOutcome[] outcomes = new ReportOutcome[reports.size()];
        List<Item> items = new ArrayList<>(reports.size());
        Set<Long> known = lockTrackers(reports);
        Map<String, Long> owners = registerKeys(reports, known);
        for (int place = 0; place < outcomes.length; place++) {
            NewReport report = reports.get(place);
            String flaw = flawOf(report, known, owners);
            if (flaw == null) {
                Instant stored = report.timestamp().truncatedTo(ChronoUnit.MICROS);
                items.add(
                        new Item(place, report, new Identity(report.hashedAdvKey(), stored, ReportDigest.of(report))));
            } else {
                outcomes[place] = new ReportOutcome.Refused(flaw);
            }
        }
        if (!items.isEmpty()) {
            if (items.stream().anyMatch(item -> mayBeCompressed(item.identity().timestamp()))) {
                CompressedChunks.allowChanges(connection);
            }
            // Two writers with the same reports take the index entries in one order, so they cannot block each other.
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
        align(alignments);
        return new InsertResult(Arrays.asList(outcomes));
    }

    private boolean mayBeCompressed(Instant time) {
        return time.isBefore(now.minus(RetentionPolicy.SHORTEST_COMPRESS));
    }

    private String flawOf(NewReport report, Set<Long> known, Map<String, Long> owners) {
        String flaw = ReportCheck.flawOf(report, now);
        if (flaw != null) {
            return flaw;
        }
        if (report.trackerId().isPresent()) {
            long trackerId = report.trackerId().getAsLong();
            if (!known.contains(trackerId)) {
                return "there is no tracker with id " + trackerId + " (any more)";
            }
            long owner = owners.getOrDefault(report.hashedAdvKey(), trackerId);
            if (owner != trackerId) {
                return "its key belongs to the tracker with id " + owner + ", not " + trackerId;
            }
        }
        return null;
    }

    /** Holds the trackers until the end of the transaction, so that none is removed while its reports are written. */
    private Set<Long> lockTrackers(List<NewReport> reports) throws SQLException {
        Long[] ids = reports.stream()
                .filter(report -> report.trackerId().isPresent())
                .map(report -> report.trackerId().getAsLong())
                .distinct()
                .toArray(Long[]::new);
        Set<Long> known = new HashSet<>();
        if (ids.length > 0) {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT id FROM trackers WHERE id = ANY (?) ORDER BY id FOR KEY SHARE")) {
                statement.setArray(1, connection.createArrayOf("bigint", ids));
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        known.add(row.getLong(1));
                    }
                }
            }
        }
        return known;
    }

    /** Gives keys that nobody has to the trackers of their reports, and tells who owns each. */
    private Map<String, Long> registerKeys(List<NewReport> reports, Set<Long> known) throws SQLException {
        Map<String, Long> wanted = new TreeMap<>();
        for (NewReport report : reports) {
            if (report.trackerId().isPresent()
                    && known.contains(report.trackerId().getAsLong())
                    && HashedKeys.isWellFormed(report.hashedAdvKey())) {
                wanted.putIfAbsent(report.hashedAdvKey(), report.trackerId().getAsLong());
            }
        }
        Map<String, Long> owners = owners(wanted.keySet());
        Map<String, Long> missing = new TreeMap<>(wanted);
        missing.keySet().removeAll(owners.keySet());
        if (!missing.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(
                    "INSERT INTO tracker_keys SELECT * FROM unnest(?::text[], ?::bigint[]) ON CONFLICT DO NOTHING")) {
                statement.setArray(
                        1, connection.createArrayOf("text", missing.keySet().toArray()));
                statement.setArray(
                        2, connection.createArrayOf("bigint", missing.values().toArray()));
                statement.executeUpdate();
            }
            owners.putAll(owners(missing.keySet()));
        }
        return owners;
    }

    private Map<String, Long> owners(Set<String> keys) throws SQLException {
        Map<String, Long> owners = new HashMap<>();
        if (!keys.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT hashed_adv_key, tracker_id FROM tracker_keys WHERE hashed_adv_key = ANY (?)")) {
                statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        owners.put(row.getString(1), row.getLong(2));
                    }
                }
            }
        }
        return owners;
    }

    private Set<Identity> insert(List<Item> items) throws SQLException {
        ReportColumns columns = new ReportColumns(items.size());
        for (Item item : items) {
            columns.add(
                    item.report(), item.identity().timestamp(), item.identity().digest());
        }
        Set<Identity> fresh = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            columns.bind(connection, statement);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    fresh.add(new Identity(
                            row.getString(1), Database.instant(row, "timestamp"), row.getObject(3, UUID.class)));
                }
            }
        }
        return fresh;
    }

    private void align(List<AlignmentUpdate> alignments) throws SQLException {
        if (alignments.isEmpty()) {
            return;
        }
        Map<Long, Alignment> newest = new TreeMap<>();
        for (AlignmentUpdate update : alignments) {
            newest.merge(
                    update.trackerId(),
                    update.alignment(),
                    (first, second) -> second.time().isAfter(first.time()) ? second : first);
        }
        List<Alignment> values = new ArrayList<>(newest.values());
        try (PreparedStatement statement = connection.prepareStatement("WITH locked AS (SELECT id FROM trackers"
                + " WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE)"
                + " UPDATE trackers t SET alignment_time = a.time, alignment_index = a.index"
                + " FROM unnest(?::bigint[], ?::text[]::timestamptz[], ?::bigint[]) AS a (id, time, index), locked"
                + " WHERE t.id = a.id AND locked.id = t.id AND (t.alignment_time IS NULL"
                + " OR (a.time > t.alignment_time AND a.index >= t.alignment_index))")) {
            statement.setArray(
                    1, connection.createArrayOf("bigint", newest.keySet().toArray()));
            statement.setArray(
                    2, connection.createArrayOf("bigint", newest.keySet().toArray()));
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "text",
                            values.stream().map(a -> a.time().toString()).toArray()));
            statement.setArray(
                    4,
                    connection.createArrayOf(
                            "bigint", values.stream().map(Alignment::index).toArray()));
            statement.executeUpdate();
        }
    }
}
