package org.trackerreports.simulator.world;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How often strangers' devices see a tag, and how well. In every interval there is exactly one sighting, at a moment, with an
 * accuracy, a confidence and an upload delay that are drawn evenly from their ranges.
 *
 * @param interval one sighting falls into each interval of this length (counted from 1970), at least one second
 * @param minimumAccuracy metres, 0 to 255
 * @param maximumAccuracy metres, 0 to 255
 * @param minimumConfidence 0 to 255
 * @param maximumConfidence 0 to 255
 * @param minimumDelay shortest time between sighting and upload
 * @param maximumDelay longest time between sighting and upload; when it exceeds the interval, reports arrive out of order
 * @param errors if present, positions are wrong by these, and accuracies and delays are theirs instead of the ranges above
 */
public record Finders(
        Duration interval,
        int minimumAccuracy,
        int maximumAccuracy,
        int minimumConfidence,
        int maximumConfidence,
        Duration minimumDelay,
        Duration maximumDelay,
        Optional<FinderErrors> errors) {
    /** Checks the ranges. */
    public Finders {
        if (interval.toSeconds() < 1) {
            throw new IllegalArgumentException("The interval must be at least 1 s, found " + interval + ".");
        }
        Objects.requireNonNull(errors, "errors");
        Sighting.requireByte("Minimum accuracy", minimumAccuracy);
        Sighting.requireByte("Maximum accuracy", maximumAccuracy);
        Sighting.requireByte("Minimum confidence", minimumConfidence);
        Sighting.requireByte("Maximum confidence", maximumConfidence);
        if (minimumAccuracy > maximumAccuracy
                || minimumConfidence > maximumConfidence
                || minimumDelay.isNegative()
                || minimumDelay.compareTo(maximumDelay) > 0) {
            throw new IllegalArgumentException("A minimum lies above its maximum, or a delay is negative.");
        }
    }

    /** One sighting in each interval, accuracy 5 to 120 m, confidence 1 to 3, uploaded after 1 to 20 minutes. */
    public static Finders every(Duration interval) {
        return new Finders(interval, 5, 120, 1, 3, Duration.ofMinutes(1), Duration.ofMinutes(20), Optional.empty());
    }

    /** The same finders with another range of accuracy in metres. */
    public Finders withAccuracy(int minimum, int maximum) {
        return new Finders(
                interval, minimum, maximum, minimumConfidence, maximumConfidence, minimumDelay, maximumDelay, errors);
    }

    /** The same finders with another range of confidence. */
    public Finders withConfidence(int minimum, int maximum) {
        return new Finders(
                interval, minimumAccuracy, maximumAccuracy, minimum, maximum, minimumDelay, maximumDelay, errors);
    }

    /** The same finders with another range of delay between sighting and upload. */
    public Finders withDelay(Duration minimum, Duration maximum) {
        return new Finders(
                interval,
                minimumAccuracy,
                maximumAccuracy,
                minimumConfidence,
                maximumConfidence,
                minimum,
                maximum,
                errors);
    }

    /** The same finders, as wrong and as late as these errors say. */
    public Finders withErrors(FinderErrors newErrors) {
        return new Finders(
                interval,
                minimumAccuracy,
                maximumAccuracy,
                minimumConfidence,
                maximumConfidence,
                minimumDelay,
                maximumDelay,
                Optional.of(newErrors));
    }
}
