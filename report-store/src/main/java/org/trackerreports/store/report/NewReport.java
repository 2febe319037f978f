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
 * A report to be stored. Values are checked when it is inserted, so that a bad one is refused alone.
 *
 * @param trackerId absent when it shall be found from the key
 * @param hashedAdvKey base64 of SHA-256 of the advertisement key
 * @param timestamp when the tracker was seen
 * @param position absent when the report could not be decrypted
 * @param confidence as received, 0 to 255
 * @param horizontalAccuracy metres
 * @param status the status byte, 0 to 255
 * @param payload the report as it was received; null when there is none. The record from which the rest can be made again
 * @param receivedAt when it was fetched
 * @param marks codes of reasons why the position is implausible; marked reports are kept
 * @param undecryptableReason why there is no position
 */
public record NewReport(
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

    public NewReport {
        Objects.requireNonNull(trackerId, "trackerId");
        Objects.requireNonNull(hashedAdvKey, "hashedAdvKey");
        Objects.requireNonNull(timestamp, "timestamp");
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(horizontalAccuracy, "horizontalAccuracy");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(receivedAt, "receivedAt");
        Objects.requireNonNull(nearestCity, "nearestCity");
        Objects.requireNonNull(undecryptableReason, "undecryptableReason");
        marks = Set.copyOf(marks);
        payload = payload == null ? null : payload.clone();
    }

    /** A copy of the payload, or null. */
    @Override
    public byte[] payload() {
        return payload == null ? null : payload.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NewReport report
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
        return "NewReport[timestamp=" + timestamp + "]";
    }
}
