package org.trackerreports.core.movement;

import java.util.Map;
import java.util.Optional;
import org.trackerreports.movement.Motion;

/** How a tracker moves, by its label. */
public final class Motions {

    /** The label: {@code walk}, {@code bicycle}, {@code car} or {@code plane}. */
    public static final String LABEL = "motion";

    private Motions() {}

    /** The motion of a tracker with these labels: an airliner's, unless they say otherwise. */
    public static Motion of(Map<String, String> labels) {
        return Optional.ofNullable(labels.get(LABEL)).flatMap(Motion::ofLabel).orElse(Motion.PLANE);
    }
}
