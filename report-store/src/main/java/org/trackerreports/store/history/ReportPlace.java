package org.trackerreports.store.history;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.trackerreports.store.report.StoredReport;

/** Where a report is among the reports of a tracker: by time, and those of one time by digest and key. */
public record ReportPlace(Instant timestamp, UUID digest, String hashedAdvKey) {

    public ReportPlace {
        Objects.requireNonNull(timestamp, "timestamp");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(hashedAdvKey, "hashedAdvKey");
    }

    /** The place of a report. */
    public static ReportPlace of(StoredReport report) {
        return new ReportPlace(report.timestamp(), report.digest(), report.hashedAdvKey());
    }
}
