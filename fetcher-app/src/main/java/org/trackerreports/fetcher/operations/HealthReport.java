package org.trackerreports.fetcher.operations;

import java.util.List;
import java.util.stream.Collectors;
import org.trackerreports.fetcher.operations.HealthCheck.Level;

/** Several checks together. It fails if one of them fails. */
record HealthReport(List<HealthCheck> checks) {

    HealthReport {
        checks = List.copyOf(checks);
    }

    boolean healthy() {
        return checks.stream().noneMatch(check -> check.level() == Level.FAIL);
    }

    /** The failed checks in one line. */
    String failures() {
        return checks.stream()
                .filter(check -> check.level() == Level.FAIL)
                .map(check -> check.name() + ": " + check.cause())
                .collect(Collectors.joining("; "));
    }
}
