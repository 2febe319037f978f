package org.trackerreports.movement;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The reports whose judgement a change can have affected, judged.
 *
 * @param judgements in event order: exactly what judging all reports of the tracker would give for them. The judgements of all other
 *     reports are as before. Empty if the range was too short
 * @param needsEarlier whether earlier reports are needed
 * @param needsLater whether later reports are needed
 * @param includesNewest whether the window reaches the newest report, so that {@code judgeAgainAt} replaces what was known
 * @param judgeAgainAt see {@link Judgements}
 */
public record JudgedWindow(
        List<Judgement> judgements,
        boolean needsEarlier,
        boolean needsLater,
        boolean includesNewest,
        Optional<Instant> judgeAgainAt) {

    public JudgedWindow {
        judgements = List.copyOf(judgements);
        Objects.requireNonNull(judgeAgainAt, "judgeAgainAt");
    }

    /** Whether the range was long enough. If not, read more reports and judge again. */
    public boolean isComplete() {
        return !needsEarlier && !needsLater;
    }
}
