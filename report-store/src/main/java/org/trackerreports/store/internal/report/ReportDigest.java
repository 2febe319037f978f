package org.trackerreports.store.internal.report;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.trackerreports.store.internal.text.Digest;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Payload;
import org.trackerreports.store.report.ReportContent;

/**
 * Distinguishes two reports of one key and second: the first 16 bytes of SHA-256 of the payload, or of the decoded columns if there is no
 * payload. The trigger {@code location_reports_complete} computes the same digest of a payload. Its digest of a row without a payload
 * differs from this one, so such rows of other programs are only compared among themselves.
 */
final class ReportDigest {

    private ReportDigest() {}

    static UUID of(NewReport report) {
        return report.payload()
                .map(ReportDigest::of)
                .orElseGet(() -> Digest.of(decodedColumns(report.content()).getBytes(StandardCharsets.UTF_8)));
    }

    static UUID of(Payload payload) {
        return Digest.of(payload.bytes());
    }

    private static String decodedColumns(ReportContent content) {
        return content.position().map(p -> p.latitude() + "," + p.longitude()).orElse("-") + "|" + content.confidence()
                + "|" + content.horizontalAccuracy() + "|" + content.status();
    }
}
