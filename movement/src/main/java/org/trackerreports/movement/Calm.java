package org.trackerreports.movement;

/**
 * Finds the sightings that are beyond doubt, without looking at more than three neighbours on each side. They divide a history into
 * stretches that are judged apart, so that the judgement of a report depends on few others.
 *
 * <p>A step is calm if it can be part of no speed and of no spike. A sighting is settled if its steps to the two before and the two after
 * are calm, and beyond doubt if one of its neighbours is settled, too.
 */
final class Calm {

    private final Sightings sightings;
    private final OutlierLimits limits;
    private final boolean[] nextCalm;
    private final boolean[] secondCalm;

    Calm(Sightings sightings, OutlierLimits limits) {
        this.sightings = sightings;
        this.limits = limits;
        nextCalm = new boolean[sightings.size];
        secondCalm = new boolean[sightings.size];
        for (int i = 0; i < sightings.size; i++) {
            nextCalm[i] = i + 1 >= sightings.size || calm(i, i + 1);
            secondCalm[i] = i + 2 >= sightings.size || calm(i, i + 2);
        }
    }

    private boolean calm(int i, int j) {
        double metres = sightings.leastMetres(i, j);
        if (metres <= limits.leastMetres()) {
            return true;
        }
        double seconds = sightings.seconds(i, j);
        return metres <= limits.metresPerSecond() * seconds
                && (metres <= limits.shortLeg() || seconds > OutlierLimits.SPIKE_SECONDS);
    }

    private boolean settled(int i) {
        return i >= 0
                && i < sightings.size
                && nextCalm[i]
                && secondCalm[i]
                && (i < 1 || nextCalm[i - 1])
                && (i < 2 || secondCalm[i - 2]);
    }

    private static void clearSingle(boolean[] result, int at, int neighbour) {
        if (at >= 0 && at < result.length) {
            result[at] &= result.length == 1 || neighbour >= 0 && neighbour < result.length && result[neighbour];
        }
    }

    /**
     * Which sightings are beyond doubt.
     *
     * @param fromBeginning whether there are none before; otherwise nothing is known about the first three
     * @param toEnd the same for the last three
     */
    boolean[] beyondDoubt(boolean fromBeginning, boolean toEnd) {
        boolean[] result = new boolean[sightings.size];
        int first = fromBeginning ? 0 : 3;
        int last = sightings.size - (toEnd ? 1 : 4);
        for (int i = first; i <= last; i++) {
            result[i] = settled(i) && (settled(i - 1) || settled(i + 1));
        }
        // They come in twos at least, except where the range ends.
        clearSingle(result, first, first + 1);
        clearSingle(result, last, last - 1);
        return result;
    }
}
