package org.trackerreports.store.report;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A report as it is stored; the parts are those of {@link NewReport}.
 *
 * @param trackerId absent when no tracker has its key
 * @param payload null for reports that came without
 */
public record StoredReport(
        OptionalLong trackerId,
        String hashedAdvKey,
        Instant timestamp,
        Optional<Position> position,
        int confidence,
        OptionalDouble horizontalAccuracy,
        OptionalInt status,
        byte[] payload,
        Instant receivedAt,
        Optional<String> nearestCity,
        Set<String> marks,
        Optional<String> undecryptableReason) {

    public StoredReport {
        marks = Set.copyOf(marks);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredReport report
                && trackerId.equals(report.trackerId)
                && hashedAdvKey.equals(report.hashedAdvKey)
                && timestamp.equals(report.timestamp)
                && position.equals(report.position)
                && confidence == report.confidence
                && horizontalAccuracy.equals(report.horizontalAccuracy)
                && status.equals(report.status)
                && Arrays.equals(payload, report.payload)
                && receivedAt.equals(report.receivedAt)
                && nearestCity.equals(report.nearestCity)
                && marks.equals(report.marks)
                && undecryptableReason.equals(report.undecryptableReason);
    }

    @Override
    public int hashCode() {
        return Objects.hash(hashedAdvKey, timestamp, Arrays.hashCode(payload));
    }

    @Override
    public String toString() {
        return "StoredReport[trackerId=" + trackerId + ", timestamp=" + timestamp + "]";
    }
}
