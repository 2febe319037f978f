package org.trackerreports.store.report;

import java.time.Duration;
import java.time.Instant;
import org.trackerreports.store.sql.HashedKeys;

/** Says why a report cannot be stored. Coordinates are never part of the answer. */
final class ReportCheck {

    /** Before Apple's epoch there can be no report. */
    private static final Instant EARLIEST = Instant.parse("2001-01-01T00:00:00Z");

    private static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);
    private static final int MAX_BYTE = 255;
    private static final int MAX_PAYLOAD = 1024;

    private ReportCheck() {}

    /** The first flaw, or null. */
    static String flawOf(NewReport report, Instant now) {
        if (!HashedKeys.isWellFormed(report.hashedAdvKey())) {
            return "the hashed key is not standard base64 of 32 bytes (44 characters)";
        }
        if (report.timestamp().isBefore(EARLIEST) || report.timestamp().isAfter(now.plus(CLOCK_TOLERANCE))) {
            return "the time " + report.timestamp() + " is not between " + EARLIEST + " and tomorrow";
        }
        if (report.position().isPresent() && !report.position().get().isOnEarth()) {
            return "the position is not on earth: latitude -90 to 90 and longitude -180 to 180 are expected";
        }
        if (report.position().isEmpty() && report.undecryptableReason().isEmpty()) {
            return "there is neither a position nor a reason why it could not be decrypted";
        }
        if (report.confidence() < 0 || report.confidence() > MAX_BYTE) {
            return "the confidence " + report.confidence() + " is not between 0 and " + MAX_BYTE;
        }
        if (report.status().orElse(0) < 0 || report.status().orElse(0) > MAX_BYTE) {
            return "the status " + report.status().getAsInt() + " is not between 0 and " + MAX_BYTE;
        }
        double accuracy = report.horizontalAccuracy().orElse(0);
        if (!(accuracy >= 0) || Double.isInfinite(accuracy)) {
            return "the horizontal accuracy " + accuracy + " is not a number of metres, 0 or more";
        }
        if (report.payload() != null && report.payload().length > MAX_PAYLOAD) {
            return "the payload has " + report.payload().length + " bytes; at most " + MAX_PAYLOAD + " are expected";
        }
        if (report.marks().stream().anyMatch(mark -> mark.isBlank() || mark.contains(","))) {
            return "a mark is empty or has a comma";
        }
        if (hasZeroCharacter(report)) {
            return "a text has a zero character, which PostgreSQL cannot store";
        }
        return null;
    }

    private static boolean hasZeroCharacter(NewReport report) {
        return report.nearestCity().orElse("").indexOf('\0') >= 0
                || report.undecryptableReason().orElse("").indexOf('\0') >= 0
                || report.marks().stream().anyMatch(mark -> mark.indexOf('\0') >= 0);
    }
}
