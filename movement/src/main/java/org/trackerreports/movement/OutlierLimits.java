package org.trackerreports.movement;

/**
 * What the outlier rules compare with. Those of spikes are the ones of Freitas et al. 2008 (2.5 km at 15°, 5 km at 25°), with a lower one
 * for trackers that cannot be that fast.
 */
record OutlierLimits(double metresPerSecond) {

    /** Accuracies from here on are coarse; 255, the highest value, means 255 m or more. */
    static final double COARSE_METRES = 200;

    /** How far a finder's clock may be ahead. */
    static final long FUTURE_SECONDS = 300;

    /** Reports that are at most this far apart in time can corroborate each other. */
    static final long CORROBORATION_SECONDS = 1800;

    /** There and back takes at most this long. */
    static final long SPIKE_SECONDS = 7200;

    /** From this distance on, the newest report needs confirmation. */
    static final double UNCONFIRMED_METRES = 2000;

    /** For this long after its receipt, the newest report waits for confirmation. */
    static final long UNCONFIRMED_SECONDS = 7200;

    private static final double SPEED_LEAST_METRES = 500;
    private static final double SHORT_LEG_METRES = 2500;
    private static final double SHORT_LEG_DEGREES = 15;
    private static final double LONG_LEG_DEGREES = 25;
    private static final double SPIKE_SPEED = 8;

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
     * the visit is slow.
     */
    double spikeSpeed() {
        return Math.min(SPIKE_SPEED, metresPerSecond / 3);
    }

    /** Above this speed, the newest report needs confirmation. */
    double unconfirmedSpeed() {
        return metresPerSecond / 4;
    }
}
