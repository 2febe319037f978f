package org.trackerreports.benchmarks.serve;

import java.util.Locale;
import java.util.Random;

/** Windows of a map that nobody has asked for before. Not thread-safe. */
final class MapWindows {

    private static final int HEIGHT = 140;

    private final Random random = new Random(5);

    /** The whole earth, but for a strip at its edge. */
    String world() {
        return String.format(Locale.ROOT, "?zoom=2&bbox=%.6f,-85,180,85", -180 + random.nextDouble());
    }

    /** A window with about this share of a fleet that is spread evenly between 70° south and north. */
    String with(double share) {
        double side = Math.sqrt(Math.min(1, share));
        double south = random.nextDouble() * HEIGHT * (1 - side) - HEIGHT / 2.0;
        double west = random.nextDouble() * 360 * (1 - side) - 180;
        return String.format(
                Locale.ROOT, "?bbox=%.6f,%.6f,%.6f,%.6f", west, south, west + 360 * side, south + HEIGHT * side);
    }
}
