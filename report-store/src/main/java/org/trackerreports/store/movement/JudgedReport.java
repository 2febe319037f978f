package org.trackerreports.store.movement;

import java.util.Objects;
import java.util.Set;
import org.trackerreports.store.report.StoredReport;

/**
 * A report and its flags.
 *
 * @param wrongFlags reasons why its position is wrong
 * @param uncertainFlags reasons why it is uncertain
 */
public record JudgedReport(StoredReport report, Set<String> wrongFlags, Set<String> uncertainFlags) {

    public JudgedReport {
        Objects.requireNonNull(report, "report");
        wrongFlags = Set.copyOf(wrongFlags);
        uncertainFlags = Set.copyOf(uncertainFlags);
    }
}
