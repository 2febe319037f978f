package org.trackerreports.fetcher.daemon;

/**
 * How many trackers one account asks for at once. The service sometimes answers a large request for a part of its ids only, and then
 * the others look silent. A short answer alone proves nothing, because trackers do fall silent; so the silent ones are asked for again
 * in a smaller request. If they answer then, the size was the trouble, and the smaller one stays; if not, they really are silent, and
 * the size is what it was. After many good answers a little more is tried, and after a failed trial much later again.
 *
 * <p>A pure function of what it observed. Kept for each account and instance and not shared: accounts are treated differently, what is
 * learned costs few requests to learn again, and a mistake of one instance stays its own. Not thread-safe.
 */
final class BatchSize {

    /** Fewer expected answers than this prove nothing. */
    private static final int MIN_EXPECTED = 8;

    /** Smaller requests would cost more than they could bring. */
    private static final int MIN_SIZE = 4;

    /** The part of the usual answers that must be missing before anything is suspected; and once it is. */
    private static final double CLEARLY_FEWER = 0.5;

    private static final double FEWER = 0.1;
    private static final int MIN_MISSING = 4;
    private static final double NOT_SILENT = 0.1;
    private static final double WEIGHT_OF_NEWEST = 0.2;

    /** Nearly all of the trackers that answered last time do so again. */
    private static final double USUAL_AT_FIRST = 0.9;

    private static final int GOOD_BEFORE_TRIAL = 8;
    private static final int MAX_GOOD_BEFORE_TRIAL = 512;

    private final int max;
    private int current;
    private double usual = USUAL_AT_FIRST;
    private int goodInARow;
    private int goodBeforeTrial = GOOD_BEFORE_TRIAL;
    private State state = new Settled();

    /** What the current size is. */
    private sealed interface State {}

    /** The one that works. */
    private record Settled() implements State {}

    /**
     * Smaller, to see whether the silent ones answer then.
     *
     * @param before the size whose answer was short
     * @param ratioBefore the part of the expected that answered then
     */
    private record Suspicion(int before, double ratioBefore) implements State {

        /** Whether another short answer shows that it was not the size that kept them silent. */
        boolean isRefutedBy(int asked, int expected, int answered) {
            // With no answer now, only some answers before tell that the size did not matter.
            boolean silent = answered == 0 ? ratioBefore > 0 : answered < expected * NOT_SILENT;
            return silent || asked <= MIN_SIZE;
        }
    }

    /**
     * A little larger, to see whether the service answers that again.
     *
     * @param before the size that works
     */
    private record Trial(int before) implements State {}

    /** What an answer means for the trackers that it has nothing about. */
    enum Verdict {
        /** They have no reports. */
        BELIEVED,
        /** They may have; ask for them again in a smaller request. */
        ASK_AGAIN
    }

    /**
     * Begins with the largest size.
     *
     * @param max the largest size, at least 1
     */
    BatchSize(int max) {
        this.max = max;
        this.current = max;
    }

    /** How many trackers to ask for in the next request. */
    int current() {
        return current;
    }

    /**
     * Learns from an answer.
     *
     * @param asked how many trackers were asked for
     * @param expected how many of these had reports the last time they were asked for, or never were
     * @param answered how many of the expected have reports now
     */
    Verdict observe(int asked, int expected, int answered) {
        if (expected < Math.min(MIN_EXPECTED, current)) {
            return Verdict.BELIEVED;
        }
        if (isShort(asked, expected, answered)) {
            return shortAnswer(asked, expected, answered);
        }
        good(asked, expected, answered);
        return Verdict.BELIEVED;
    }

    private boolean isShort(int asked, int expected, int answered) {
        double usually = expected * usual;
        double missing = usually - answered;
        if (state instanceof Trial trial && asked > trial.before()) {
            // Halfway between what the smaller size would have brought and what this one should.
            return missing > usually * (1 - (double) trial.before() / asked) / 2;
        }
        return state instanceof Settled
                ? missing > usually * CLEARLY_FEWER && missing >= Math.min(MIN_MISSING, expected)
                : missing > usually * FEWER;
    }

    private Verdict shortAnswer(int asked, int expected, int answered) {
        goodInARow = 0;
        if (state instanceof Trial trial) {
            current = trial.before();
            state = new Settled();
            goodBeforeTrial = Math.min(MAX_GOOD_BEFORE_TRIAL, goodBeforeTrial * 2);
            return Verdict.ASK_AGAIN;
        }
        if (state instanceof Suspicion known && known.isRefutedBy(asked, expected, answered)) {
            return reallySilent(known);
        }
        Suspicion suspicion =
                state instanceof Suspicion known ? known : new Suspicion(current, (double) answered / expected);
        int smaller = Math.max(MIN_SIZE, Math.min(current, asked) / 2);
        if (smaller >= asked) {
            return reallySilent(suspicion);
        }
        state = suspicion;
        current = smaller;
        return Verdict.ASK_AGAIN;
    }

    private Verdict reallySilent(Suspicion suspicion) {
        usual = suspicion.ratioBefore();
        current = suspicion.before();
        state = new Settled();
        return Verdict.BELIEVED;
    }

    private void good(int asked, int expected, int answered) {
        usual += WEIGHT_OF_NEWEST * ((double) answered / expected - usual);
        state = new Settled();
        if (asked < current || current == max) {
            return;
        }
        goodInARow++;
        if (goodInARow >= goodBeforeTrial) {
            goodInARow = 0;
            state = new Trial(current);
            current = Math.min(max, current + Math.max(1, current / 4));
        }
    }
}
