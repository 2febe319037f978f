package org.trackerreports.store.report;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A report to be stored. {@link Reports#insert} checks its values, so that it refuses only the reports with wrong values.
 *
 * @param trackerId absent if the store is to find the tracker by the key
 * @param hashedAdvKey base64 of SHA-256 of the advertisement key
 * @param timestamp when the tracker was seen
 * @param content the decoded part
 * @param payload the report as it was received, from which the content can be made again; absent if there is none
 * @param receivedAt when the report was fetched
 */
public record NewReport(
        OptionalLong trackerId,
        String hashedAdvKey,
        Instant timestamp,
        ReportContent content,
        Optional<Payload> payload,
        Instant receivedAt) {

    public NewReport {
        Objects.requireNonNull(trackerId, "trackerId");
        Objects.requireNonNull(hashedAdvKey, "hashedAdvKey");
        Objects.requireNonNull(timestamp, "timestamp");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(receivedAt, "receivedAt");
    }

    @Override
    public String toString() {
        return "NewReport[timestamp=" + timestamp + "]";
    }
}
