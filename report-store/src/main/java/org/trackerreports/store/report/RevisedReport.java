package org.trackerreports.store.report;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** The decoded parts of a report, made again; they replace the stored ones. The parts are those of {@link NewReport}. */
public record RevisedReport(
        Optional<Position> position,
        int confidence,
        OptionalDouble horizontalAccuracy,
        OptionalInt status,
        Optional<String> nearestCity,
        Set<String> marks,
        Optional<String> undecryptableReason) {

    public RevisedReport {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(horizontalAccuracy, "horizontalAccuracy");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(nearestCity, "nearestCity");
        Objects.requireNonNull(undecryptableReason, "undecryptableReason");
        marks = Set.copyOf(marks);
    }

    public static RevisedReport of(StoredReport report) {
        return new RevisedReport(
                report.position(),
                report.confidence(),
                report.horizontalAccuracy(),
                report.status(),
                report.nearestCity(),
                report.marks(),
                report.undecryptableReason());
    }

    @Override
    public String toString() {
        return "RevisedReport[hidden]";
    }
}
