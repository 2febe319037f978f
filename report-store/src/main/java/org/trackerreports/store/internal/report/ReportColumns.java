package org.trackerreports.store.internal.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Payload;
import org.trackerreports.store.report.ReportContent;

/** A batch of reports as one array per column, the fastest way to send many rows to PostgreSQL. Not thread-safe. */
final class ReportColumns {

    private final String[] hashedAdvKeys;
    private final Long[] micros;
    private final @Nullable Double[] latitudes;
    private final @Nullable Double[] longitudes;
    private final Short[] confidences;
    private final @Nullable Double[] accuracies;
    private final @Nullable String[] cities;
    private final @Nullable Long[] trackerIds;
    private final @Nullable Short[] statuses;
    private final byte[] @Nullable [] payloads;
    private final Long[] receivedMicros;
    private final String[] flags;
    private final @Nullable String[] reasons;
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

    void add(NewReport report, OptionalLong trackerId, Instant timestamp, UUID digest) {
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
        trackerId.ifPresent(id -> trackerIds[i] = id);
        content.status().ifPresent(status -> statuses[i] = (short) status);
        payloads[i] = report.payload().map(Payload::bytes).orElse(null);
        receivedMicros[i] = ChronoUnit.MICROS.between(Instant.EPOCH, report.receivedAt());
        flags[i] = String.join(",", content.wrongFlags().stream().sorted().toList());
        reasons[i] = content.undecryptableReason().orElse(null);
        digests[i] = digest;
    }

    /** The columns in the order of the statements that use them. */
    ArrayOf[] parameters() {
        return new ArrayOf[] {
            new ArrayOf("text", hashedAdvKeys),
            new ArrayOf("bigint", micros),
            new ArrayOf("float8", latitudes),
            new ArrayOf("float8", longitudes),
            new ArrayOf("int2", confidences),
            new ArrayOf("float8", accuracies),
            new ArrayOf("text", cities),
            new ArrayOf("bigint", trackerIds),
            new ArrayOf("int2", statuses),
            new ArrayOf("bytea", payloads),
            new ArrayOf("bigint", receivedMicros),
            new ArrayOf("text", flags),
            new ArrayOf("text", reasons),
            new ArrayOf("uuid", digests)
        };
    }
}
