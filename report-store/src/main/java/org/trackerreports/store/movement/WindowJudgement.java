package org.trackerreports.store.movement;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was judged of a window.
 *
 * @param reports those that the change can have affected; all others are as before
 * @param needsEarlier whether the window began too late; then judge again with more reports
 * @param needsLater whether it ended too early
 * @param includesNewest whether the newest report of the tracker was judged
 * @param judgeAgainAt when the judgement of the newest report can change without another report
 */
public record WindowJudgement(
        List<JudgedReport> reports,
        boolean needsEarlier,
        boolean needsLater,
        boolean includesNewest,
        Optional<Instant> judgeAgainAt) {

    public WindowJudgement {
        reports = List.copyOf(reports);
        Objects.requireNonNull(judgeAgainAt, "judgeAgainAt");
    }

    /** Whether the window was long enough. */
    public boolean isComplete() {
        return !needsEarlier && !needsLater;
    }
}
