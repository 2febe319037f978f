package org.trackerreports.systemtests.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.trackerreports.simulator.world.Sighting;
import org.trackerreports.simulator.world.World;

/** What really happened in the simulator's world, one line for each sighting, against what is stored. */
final class Truth {

    private static final int SHOWN = 5;

    private Truth() {}

    /** All sightings that are uploaded at a time. */
    static List<String> of(World world, Instant at) {
        List<String> lines = new ArrayList<>();
        for (String tag : world.tagNames()) {
            for (Sighting sighting : world.truth(tag, at.minus(World.RETENTION), at)) {
                lines.add(line(
                        sighting.hashedKey(),
                        sighting.time(),
                        sighting.latitudeE7(),
                        sighting.longitudeE7(),
                        sighting.horizontalAccuracy(),
                        sighting.confidence(),
                        sighting.status()));
            }
        }
        lines.sort(null);
        return lines;
    }

    static String line(
            String hashedKey, Instant time, int latitudeE7, int longitudeE7, int accuracy, int confidence, int status) {
        return String.join(
                "|",
                hashedKey,
                time.toString(),
                Integer.toString(latitudeE7),
                Integer.toString(longitudeE7),
                Integer.toString(accuracy),
                Integer.toString(confidence),
                Integer.toString(status));
    }

    /** Every line of the truth is stored, exactly once, and nothing else is. */
    static void assertStoredOnce(List<String> truth, List<String> stored) {
        Set<String> seen = new HashSet<>();
        List<String> twice = stored.stream().filter(line -> !seen.add(line)).toList();
        Set<String> expected = new HashSet<>(truth);
        assertThat(shown(twice)).as("stored more than once").isEmpty();
        assertThat(shown(truth.stream().filter(line -> !seen.contains(line)).toList()))
                .as("happened, but not stored")
                .isEmpty();
        assertThat(shown(
                        stored.stream().filter(line -> !expected.contains(line)).toList()))
                .as("stored, but never happened")
                .isEmpty();
    }

    private static List<String> shown(List<String> lines) {
        return lines.subList(0, Math.min(SHOWN, lines.size()));
    }
}
