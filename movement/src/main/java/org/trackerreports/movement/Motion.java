package org.trackerreports.movement;

import java.util.Locale;
import java.util.Optional;

/** How a tracker moves at the fastest. The names are the values of the tracker's label {@code motion}. */
public enum Motion {
    /** 3 m/s. */
    WALK(3),
    /** 15 m/s. */
    BICYCLE(15),
    /** 60 m/s. */
    CAR(60),
    /** 280 m/s, an airliner. The default. */
    PLANE(280);

    private final double metresPerSecond;

    Motion(double metresPerSecond) {
        this.metresPerSecond = metresPerSecond;
    }

    /** The highest speed that is believed. */
    public double metresPerSecond() {
        return metresPerSecond;
    }

    /** The motion of a label's value such as {@code bicycle}; empty if there is none of that name. */
    public static Optional<Motion> ofLabel(String value) {
        for (Motion motion : values()) {
            if (motion.name().toLowerCase(Locale.ROOT).equals(value)) {
                return Optional.of(motion);
            }
        }
        return Optional.empty();
    }
}
