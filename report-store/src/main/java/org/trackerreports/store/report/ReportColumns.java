package org.trackerreports.store.report;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** A batch of reports as one array for each column, which is how PostgreSQL takes many rows fastest. Not thread-safe. */
final class ReportColumns {

    private final String[] hashedAdvKeys;
    private final Long[] micros;
    private final Double[] latitudes;
    private final Double[] longitudes;
    private final Short[] confidences;
    private final Double[] accuracies;
    private final String[] cities;
    private final Long[] trackerIds;
    private final Short[] statuses;
    private final byte[][] payloads;
    private final Long[] receivedMicros;
    private final String[] flags;
    private final String[] reasons;
    private final UUID[] digests;
    private int count;

    ReportColumns(int size) {
        hashedAdvKeys = new String[size];
        micros = new Long[size];
        latitudes = new Double[size];
        longitudes = new Double[size];
        confidences = new Short[size];
        accuracies = new Double[size];
        cities = new String[size];
        trackerIds = new Long[size];
        statuses = new Short[size];
        payloads = new byte[size][];
        receivedMicros = new Long[size];
        flags = new String[size];
        reasons = new String[size];
        digests = new UUID[size];
    }

    void add(NewReport report, Long trackerId, Instant timestamp, UUID digest) {
        int i = count++;
        ReportContent content = report.content();
        hashedAdvKeys[i] = report.hashedAdvKey();
        micros[i] = ChronoUnit.MICROS.between(Instant.EPOCH, timestamp);
        content.position().ifPresent(position -> {
            latitudes[i] = position.latitude();
            longitudes[i] = position.longitude();
        });
        confidences[i] = (short) content.confidence();
        content.horizontalAccuracy().ifPresent(accuracy -> accuracies[i] = accuracy);
        cities[i] = content.nearestCity().orElse(null);
        trackerIds[i] = trackerId;
        content.status().ifPresent(status -> statuses[i] = (short) status);
        payloads[i] = report.payload().map(Payload::bytes).orElse(null);
        receivedMicros[i] = ChronoUnit.MICROS.between(Instant.EPOCH, report.receivedAt());
        flags[i] = String.join(",", content.flags().stream().sorted().toList());
        reasons[i] = content.undecryptableReason().orElse(null);
        digests[i] = digest;
    }

    void bind(Connection connection, PreparedStatement statement) throws SQLException {
        statement.setArray(1, connection.createArrayOf("text", hashedAdvKeys));
        statement.setArray(2, connection.createArrayOf("bigint", micros));
        statement.setArray(3, connection.createArrayOf("float8", latitudes));
        statement.setArray(4, connection.createArrayOf("float8", longitudes));
        statement.setArray(5, connection.createArrayOf("int2", confidences));
        statement.setArray(6, connection.createArrayOf("float8", accuracies));
        statement.setArray(7, connection.createArrayOf("text", cities));
        statement.setArray(8, connection.createArrayOf("bigint", trackerIds));
        statement.setArray(9, connection.createArrayOf("int2", statuses));
        statement.setArray(10, connection.createArrayOf("bytea", payloads));
        statement.setArray(11, connection.createArrayOf("bigint", receivedMicros));
        statement.setArray(12, connection.createArrayOf("text", flags));
        statement.setArray(13, connection.createArrayOf("text", reasons));
        statement.setArray(14, connection.createArrayOf("uuid", digests));
    }
}
