package org.trackerreports.store.report;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The decoded part of a report, which can be made again from the payload. Immutable. The text form does not contain the position.
 *
 * @param position absent if the report could not be decrypted, or if it is not on earth and a flag says so
 * @param confidence as received, 0 to 255
 * @param horizontalAccuracy metres, 0 or more
 * @param status the status byte, 0 to 255
 * @param nearestCity the place nearest to the position
 * @param wrongFlags codes of reasons why the position is wrong; such a report is kept, but is no place where the tracker was
 * @param uncertainFlags codes of reasons why the position is uncertain; such a report is shown, but decides nothing
 * @param undecryptableReason why it could not be decrypted
 */
public record ReportContent(
        Optional<Position> position,
        int confidence,
        OptionalDouble horizontalAccuracy,
        OptionalInt status,
        Optional<String> nearestCity,
        Set<String> wrongFlags,
        Set<String> uncertainFlags,
        Optional<String> undecryptableReason) {

    public ReportContent {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(horizontalAccuracy, "horizontalAccuracy");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(nearestCity, "nearestCity");
        Objects.requireNonNull(undecryptableReason, "undecryptableReason");
        wrongFlags = Set.copyOf(wrongFlags);
        uncertainFlags = Set.copyOf(uncertainFlags);
    }

    /** The content of a report before it is judged. */
    public ReportContent(
            Optional<Position> position,
            int confidence,
            OptionalDouble horizontalAccuracy,
            OptionalInt status,
            Optional<String> nearestCity,
            Set<String> wrongFlags,
            Optional<String> undecryptableReason) {
        this(position, confidence, horizontalAccuracy, status, nearestCity, wrongFlags, Set.of(), undecryptableReason);
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

    /** The codes of all flags, sorted. */
    public SortedSet<String> flags() {
        SortedSet<String> all = new TreeSet<>(wrongFlags);
        all.addAll(uncertainFlags);
        return all;
    }

    public ReportContent withNearestCity(Optional<String> newCity) {
        return new ReportContent(
                position,
                confidence,
                horizontalAccuracy,
                status,
                newCity,
                wrongFlags,
                uncertainFlags,
                undecryptableReason);
    }

    public ReportContent withFlags(Set<String> newWrongFlags, Set<String> newUncertainFlags) {
        return new ReportContent(
                position,
                confidence,
                horizontalAccuracy,
                status,
                nearestCity,
                newWrongFlags,
                newUncertainFlags,
                undecryptableReason);
    }

    @Override
    public String toString() {
        return "ReportContent[hidden]";
    }
}
