package org.trackerreports.movement;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All reports of a tracker, judged.
 *
 * @param all in event order
 * @param judgeAgainAt when the judgement of the newest report can change without another report; absent if it cannot
 */
public record Judgements(List<Judgement> all, Optional<Instant> judgeAgainAt) {

    public Judgements {
        all = List.copyOf(all);
        Objects.requireNonNull(judgeAgainAt, "judgeAgainAt");
    }
}
