package org.trackerreports.fetcher.operations;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.trackerreports.fetcher.operations.HealthCheck.Level;

/** Several checks together. They are as bad as the worst of them. */
record HealthReport(List<HealthCheck> checks) {

    HealthReport {
        checks = List.copyOf(checks);
    }

    /** The worst level of all checks. */
    Level level() {
        return checks.stream()
                .map(HealthCheck::level)
                .max(Comparator.naturalOrder())
                .orElse(Level.OK);
    }

    boolean healthy() {
        return level() != Level.FAIL;
    }

    /** The failed checks in one line. */
    String failures() {
        return causes(Level.FAIL);
    }

    /** The checks with a warning in one line. */
    String warnings() {
        return causes(Level.WARN);
    }

    private String causes(Level level) {
        return checks.stream()
                .filter(check -> check.level() == level)
                .map(check -> check.name() + ": " + check.cause())
                .collect(Collectors.joining("; "));
    }
}
