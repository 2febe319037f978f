package org.trackerreports.store.report;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A stored report.
 *
 * @param trackerId absent if no tracker has the key
 * @param hashedAdvKey base64 of SHA-256 of the advertisement key
 * @param timestamp when the tracker was seen
 * @param content the decoded part
 * @param payload the report as it was received; absent if it came without
 * @param receivedAt when the report was fetched
 * @param digest tells two reports of one key and time apart, and does not change when the content is made again
 */
public record StoredReport(
        OptionalLong trackerId,
        String hashedAdvKey,
        Instant timestamp,
        ReportContent content,
        Optional<Payload> payload,
        Instant receivedAt,
        UUID digest) {

    public StoredReport {
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(payload, "payload");
    }

    @Override
    public String toString() {
        return "StoredReport[trackerId=" + trackerId + ", timestamp=" + timestamp + "]";
    }
}
