package org.trackerreports.store.movement;

import java.time.Duration;
import java.util.Objects;

/**
 * How reports are judged.
 *
 * @param instance names this instance in the cursor
 * @param reports about how many reports a step reads at most, at least 1
 * @param minimumConfidence the confidence that a report needs to be a latest position or to decide anything, 0 to 3
 * @param finality reports that are older than this are not expected any more, so that transitions before are final
 */
public record JudgingSettings(String instance, int reports, int minimumConfidence, Duration finality) {

    public JudgingSettings {
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(finality, "finality");
        if (reports < 1 || minimumConfidence < 0) {
            throw new IllegalArgumentException("a step reads 1 report or more, and a confidence is not negative");
        }
    }
}
