package org.trackerreports.benchmarks.reading;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.trackerreports.store.history.GeoBox;

/** The same questions as statements on the table of reports, each the best that its indexes allow. Not thread-safe. */
final class PlainReads {

    private static final String LATEST = "SELECT r.\"timestamp\", location_latitude(r.location) AS latitude,"
            + " location_longitude(r.location) AS longitude, r.confidence, r.horizontal_accuracy, r.nearest_city"
            + " FROM location_reports r WHERE r.tracker_id = t.id AND r.confidence >= 2 AND r.location IS NOT NULL"
            + " AND cardinality(r.wrong_flags) = 0 ORDER BY r.\"timestamp\" DESC, r.horizontal_accuracy, r.digest DESC LIMIT 1";
    private static final String PAGE =
            "SELECT t.id, t.name, r.* FROM (SELECT id, name FROM trackers WHERE name > ? ORDER BY name"
                    + " LIMIT ?) t CROSS JOIN LATERAL (" + LATEST + ") r ORDER BY t.name";
    private static final String WINDOW = "SELECT t.id, r.* FROM (SELECT DISTINCT tracker_id AS id FROM location_reports"
            + " WHERE location_in_box(location, ?, ?, ?, ?)) t CROSS JOIN LATERAL (" + LATEST + ") r"
            + " WHERE r.latitude BETWEEN ? AND ? AND r.longitude BETWEEN ? AND ?";
    private static final String OF_TRACKER =
            " FROM location_reports WHERE tracker_id = ? AND \"timestamp\" >= ? AND \"timestamp\" < ?"
                    + " AND confidence >= 2 AND location IS NOT NULL AND cardinality(wrong_flags) = 0";
    private static final String COLUMNS = "SELECT \"timestamp\", received_at, location_latitude(location) AS latitude,"
            + " location_longitude(location) AS longitude, horizontal_accuracy, confidence, status, nearest_city";
    private static final String HOURS =
            "SELECT DISTINCT ON (hour) * FROM (SELECT date_trunc('hour', \"timestamp\", 'UTC') AS hour,"
                    + " count(*) OVER (PARTITION BY date_trunc('hour', \"timestamp\", 'UTC')) AS reports, \"timestamp\","
                    + " location_latitude(location) AS latitude, location_longitude(location) AS longitude, confidence,"
                    + " horizontal_accuracy, nearest_city" + OF_TRACKER + ") r ORDER BY hour, \"timestamp\" DESC";

    private final DataSource source;
    private String after = "";

    PlainReads(DataSource source) {
        this.source = source;
    }

    int nextPage(int size) {
        String[] last = {""};
        int found = read(PAGE, row -> last[0] = row.getString("name"), after, size);
        after = found < size ? "" : last[0];
        return found;
    }

    int window(GeoBox box) {
        return read(
                WINDOW,
                row -> {},
                box.south(),
                box.west(),
                box.north(),
                box.east(),
                box.south(),
                box.north(),
                box.west(),
                box.east());
    }

    int reports(long tracker, Instant from, Instant to) {
        return read(
                COLUMNS + OF_TRACKER + " ORDER BY \"timestamp\", digest",
                row -> {},
                tracker,
                Timestamp.from(from),
                Timestamp.from(to));
    }

    int hours(long tracker, Instant from, Instant to) {
        return read(HOURS, row -> {}, tracker, Timestamp.from(from), Timestamp.from(to));
    }

    /** Returns the number of bytes. */
    long copy(long tracker, Instant from, Instant to) {
        String query = COLUMNS
                + OF_TRACKER
                        .replaceFirst("\\?", Long.toString(tracker))
                        .replaceFirst("\\?", "'" + from + "'")
                        .replaceFirst("\\?", "'" + to + "'")
                + " ORDER BY \"timestamp\", digest";
        AtomicLong bytes = new AtomicLong();
        try (Connection connection = source.getConnection()) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY (" + query + ") TO STDOUT (FORMAT csv, HEADER)", new Counter(bytes));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.get();
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private int read(String sql, RowReader reader, Object... parameters) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int at = 0; at < parameters.length; at++) {
                statement.setObject(at + 1, parameters[at]);
            }
            int rows = 0;
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    row.getTimestamp("timestamp");
                    row.getDouble("latitude");
                    row.getString("nearest_city");
                    reader.read(row);
                    rows++;
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Counter extends OutputStream {

        private final AtomicLong bytes;

        Counter(AtomicLong bytes) {
            this.bytes = bytes;
        }

        @Override
        public void write(int b) {
            bytes.incrementAndGet();
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {
            bytes.addAndGet(length);
        }
    }
}
