package org.trackerreports.movement;

/**
 * What the outlier rules compare with. Angles and times of spikes are wider than in Freitas et al. 2008 (15° and 25°), because the speed
 * there and back is checked, too; they were chosen on simulated trackers.
 */
record OutlierLimits(double metresPerSecond) {

    /** Accuracies from here on are coarse; 255, the highest value, means 255 m or more. */
    static final double COARSE_METRES = 200;

    /** How far a finder's clock may be ahead. */
    static final long FUTURE_SECONDS = 300;

    /** Reports that are at most this far apart in time can corroborate each other. */
    static final long CORROBORATION_SECONDS = 1800;

    /** Neighbours that are at most this far apart in time can corroborate each other. */
    static final long NEIGHBOUR_SECONDS = 7200;

    /** There and back takes at most this long. */
    static final long SPIKE_SECONDS = 14_400;

    /** From this distance on, the newest report needs confirmation. */
    static final double UNCONFIRMED_METRES = 2000;

    /** For this long after its receipt, the newest report waits for confirmation. */
    static final long UNCONFIRMED_SECONDS = 7200;

    static final double SPEED_LEAST_METRES = 500;
    private static final double SHORT_LEG_METRES = 2500;
    private static final double SHORT_LEG_DEGREES = 30;
    private static final double LONG_LEG_DEGREES = 45;
    private static final double SPIKE_SPEED = 2.5;
    private static final int MOST_IN_SPIKE = 3;

    /** A report is never too fast if it is less than this far from the one before. */
    double leastMetres() {
        return SPEED_LEAST_METRES;
    }

    /** Both legs of a spike are at least this long. */
    double shortLeg() {
        return Math.min(SHORT_LEG_METRES, metresPerSecond * 600);
    }

    /** The largest angle of a spike with this shorter leg. */
    double spikeDegrees(double shorterLeg) {
        return shorterLeg > 2 * shortLeg() ? LONG_LEG_DEGREES : SHORT_LEG_DEGREES;
    }

    /**
     * There and back is at least this fast in a spike: who really goes somewhere usually stays there for a while, and a mean over the way and
     * the visit is slow. The more reports agree, the faster it must be; many are no spike.
     */
    double spikeSpeed(int reports) {
        if (reports > MOST_IN_SPIKE) {
            return Double.MAX_VALUE;
        }
        return Math.min(SPIKE_SPEED, metresPerSecond / 3) * Math.max(1, reports - 1);
    }

    /** Above this speed, the newest report needs confirmation. */
    double unconfirmedSpeed() {
        return metresPerSecond / 4;
    }
}
