package org.trackerreports.simulator.world;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How wrong finders are. The distance between reported and true position is log-normal (Jang et al. 2025, arXiv 2501.17452), and the
 * stated accuracy a multiple of it. A few reports are grossly wrong: single ones, and short runs of the same gross error. Upload delays are
 * log-normal, too.
 *
 * @param medianMetres the error that half of the reports exceed
 * @param sigma standard deviation of its logarithm
 * @param leastStated smallest ratio of stated accuracy to error
 * @param greatestStated largest ratio
 * @param grossSingle share of reports that are grossly wrong and not in a run, 0 to 0.1
 * @param grossRun share of reports that are in runs of two or three, 0 to 0.1
 * @param leastGrossMetres smallest gross error; gross errors are spread evenly by their logarithm
 * @param greatestGrossMetres largest gross error
 * @param medianDelay the delay that half of the uploads exceed
 * @param delaySigma standard deviation of its logarithm
 * @param greatestDelay no upload takes longer
 */
public record FinderErrors(
        double medianMetres,
        double sigma,
        double leastStated,
        double greatestStated,
        double grossSingle,
        double grossRun,
        double leastGrossMetres,
        double greatestGrossMetres,
        Duration medianDelay,
        double delaySigma,
        Duration greatestDelay) {

    /** As published measurements describe the network: errors of 15 m in the median, 1.3 % gross ones of 2 to 200 km, delays of 20 min to 48 h. */
    public static final FinderErrors REALISTIC = new FinderErrors(
            15, 1.0, 0.4, 1.5, 0.01, 0.003, 2_000, 200_000, Duration.ofMinutes(20), 1.3, Duration.ofHours(48));

    private static final double MEAN_RUN = 2.5;
    private static final long GROSS = 0x67726f7373L;

    /** Checks the ranges. */
    public FinderErrors {
        if (!(medianMetres > 0) || !(sigma >= 0) || !(leastStated > 0) || !(greatestStated >= leastStated)) {
            throw new IllegalArgumentException(
                    "Median, deviation and ratios of accuracy must be above 0 and in order.");
        }
        if (!(grossSingle >= 0 && grossSingle <= 0.1) || !(grossRun >= 0 && grossRun <= 0.1)) {
            throw new IllegalArgumentException("The shares of gross errors must be 0 to 0.1.");
        }
        if (!(leastGrossMetres > 0) || !(greatestGrossMetres >= leastGrossMetres)) {
            throw new IllegalArgumentException("The range of gross errors must be above 0 and in order.");
        }
        if (medianDelay.isNegative() || medianDelay.isZero() || greatestDelay.compareTo(medianDelay) < 0) {
            throw new IllegalArgumentException("The delays must be above 0 and in order.");
        }
    }

    /** What a finder reports: where, and how accurate it says it is. */
    record Observation(Position position, int accuracy) {}

    /**
     * What is reported of a tag.
     *
     * @param truth where the tag is
     * @param salt of the tag
     * @param slot number of the sighting
     * @param random of this sighting
     */
    Observation observe(Position truth, long salt, long slot, SplittableRandom random) {
        double metres = logNormal(random, medianMetres, sigma);
        double stated = metres * random.nextDouble(leastStated, Math.nextUp(greatestStated));
        double bearing = random.nextDouble(2 * Math.PI);
        Position from = truth;
        for (int back = 0; back < 3; back++) {
            SplittableRandom gross =
                    new SplittableRandom(new SplittableRandom(salt ^ GROSS ^ (slot - back)).nextLong());
            if (length(gross) > back) {
                double grossMetres =
                        leastGrossMetres * Math.pow(greatestGrossMetres / leastGrossMetres, gross.nextDouble());
                from = Earth.from(truth, gross.nextDouble(2 * Math.PI), grossMetres);
                break;
            }
        }
        return new Observation(Earth.from(from, bearing, metres), (int) Math.max(1, Math.min(255, Math.round(stated))));
    }

    /** How many reports from this one on are grossly wrong; usually none. */
    private int length(SplittableRandom gross) {
        double chance = gross.nextDouble();
        if (chance < grossSingle) {
            return 1;
        }
        return chance < grossSingle + grossRun / MEAN_RUN ? 2 + gross.nextInt(2) : 0;
    }

    long delaySeconds(SplittableRandom random) {
        double seconds = logNormal(random, medianDelay.toSeconds(), delaySigma);
        return Math.round(Math.min(greatestDelay.toSeconds(), seconds));
    }

    private static double logNormal(SplittableRandom random, double median, double sigma) {
        return median * Math.exp(sigma * random.nextGaussian());
    }
}
