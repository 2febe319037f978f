package org.trackerreports.store.report;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The decoded part of a report, which can be made again from the payload. Immutable. The text form does not contain the position.
 *
 * @param position absent if the report could not be decrypted
 * @param confidence as received, 0 to 255
 * @param horizontalAccuracy metres, 0 or more
 * @param status the status byte, 0 to 255
 * @param nearestCity the place nearest to the position
 * @param flags codes of reasons why the position is implausible; reports with flags are kept
 * @param undecryptableReason why there is no position
 */
public record ReportContent(
        Optional<Position> position,
        int confidence,
        OptionalDouble horizontalAccuracy,
        OptionalInt status,
        Optional<String> nearestCity,
        Set<String> flags,
        Optional<String> undecryptableReason) {

    public ReportContent {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(horizontalAccuracy, "horizontalAccuracy");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(nearestCity, "nearestCity");
        Objects.requireNonNull(undecryptableReason, "undecryptableReason");
        flags = Set.copyOf(flags);
    }

    /** The content of a report that could not be decrypted. */
    public static ReportContent undecryptable(String reason) {
        return new ReportContent(
                Optional.empty(),
                0,
                OptionalDouble.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Set.of(),
                Optional.of(reason));
    }

    public ReportContent withNearestCity(Optional<String> newCity) {
        return new ReportContent(position, confidence, horizontalAccuracy, status, newCity, flags, undecryptableReason);
    }

    public ReportContent withFlags(Set<String> newFlags) {
        return new ReportContent(
                position, confidence, horizontalAccuracy, status, nearestCity, newFlags, undecryptableReason);
    }

    @Override
    public String toString() {
        return "ReportContent[hidden]";
    }
}
