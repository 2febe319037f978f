package org.trackerreports.store.internal.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.trackerreports.store.internal.tracker.HashedKeys;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Payload;
import org.trackerreports.store.report.ReportContent;

/** Says why a report cannot be stored. The answer never contains coordinates. */
final class ReportCheck {

    /** The start of Apple's time, before which there can be no report. */
    private static final Instant EARLIEST = Instant.parse("2001-01-01T00:00:00Z");

    private static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);
    private static final int MAX_BYTE = 255;
    private static final int MAX_PAYLOAD_LENGTH = 1024;

    private ReportCheck() {}

    /** The first flaw. */
    static Optional<String> flawOf(NewReport report, Instant now) {
        if (!HashedKeys.isWellFormed(report.hashedAdvKey())) {
            return Optional.of("the hashed key is not standard base64 of 32 bytes (44 characters)");
        }
        if (report.timestamp().isBefore(EARLIEST) || report.timestamp().isAfter(now.plus(CLOCK_TOLERANCE))) {
            return Optional.of("the time " + report.timestamp() + " is not between " + EARLIEST + " and tomorrow");
        }
        int payloadLength = report.payload().map(Payload::length).orElse(0);
        if (payloadLength > MAX_PAYLOAD_LENGTH) {
            return Optional.of(
                    "the payload has " + payloadLength + " bytes; at most " + MAX_PAYLOAD_LENGTH + " are allowed");
        }
        return flawOf(report.content());
    }

    private static Optional<String> flawOf(ReportContent content) {
        if (content.position().isPresent() && !content.position().get().isOnEarth()) {
            return Optional.of("the position is not on earth: latitude must be -90 to 90, longitude -180 to 180");
        }
        if (content.position().isEmpty()
                && content.undecryptableReason().isEmpty()
                && content.wrongFlags().isEmpty()) {
            return Optional.of("there is neither a position, nor a flag or another reason why there is none");
        }
        if (content.confidence() < 0 || content.confidence() > MAX_BYTE) {
            return Optional.of("the confidence " + content.confidence() + " is not between 0 and " + MAX_BYTE);
        }
        int status = content.status().orElse(0);
        if (status < 0 || status > MAX_BYTE) {
            return Optional.of("the status " + status + " is not between 0 and " + MAX_BYTE);
        }
        double accuracy = content.horizontalAccuracy().orElse(0);
        if (!(accuracy >= 0) || Double.isInfinite(accuracy)) {
            return Optional.of("the horizontal accuracy " + accuracy + " is not a number of metres, 0 or more");
        }
        if (content.flags().stream().anyMatch(flag -> flag.isBlank() || flag.contains(","))) {
            return Optional.of("a flag is blank or contains a comma");
        }
        if (hasZeroCharacter(content)) {
            return Optional.of("a text contains a zero character, which PostgreSQL cannot store");
        }
        return Optional.empty();
    }

    private static boolean hasZeroCharacter(ReportContent content) {
        return content.nearestCity().orElse("").indexOf('\0') >= 0
                || content.undecryptableReason().orElse("").indexOf('\0') >= 0
                || content.flags().stream().anyMatch(flag -> flag.indexOf('\0') >= 0);
    }
}
