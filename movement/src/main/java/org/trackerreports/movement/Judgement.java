package org.trackerreports.movement;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A report and what is suspicious about it.
 *
 * @param report the report
 * @param findings one for each flag; empty for nearly all reports
 */
public record Judgement(Report report, List<Finding> findings) {

    public Judgement {
        Objects.requireNonNull(report, "report");
        findings = List.copyOf(findings);
    }

    /** The flags. */
    public Set<Flag> flags() {
        if (findings.isEmpty()) {
            return Set.of();
        }
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        findings.forEach(finding -> flags.add(finding.flag()));
        return Collections.unmodifiableSet(flags);
    }

    /** Whether the position is wrong, so that it is left out unless asked for. */
    public boolean isWrong() {
        return findings.stream().anyMatch(finding -> finding.flag().isWrong());
    }

    /** Whether the report may decide where the tracker stays: it has no flag. */
    public boolean isDecisive() {
        return findings.isEmpty();
    }
}
