package org.trackerreports.fetcher.daemon;

/**
 * The number of trackers in one request of an account. The service sometimes answers a large request for only some of its ids, and the
 * other trackers look silent. A short answer alone proves nothing, because trackers do fall silent. So the silent ones are requested
 * again in a smaller request. If they answer, the size was the cause, and the smaller size stays. If not, they are silent, and the size
 * is restored. After many complete answers a slightly larger size is tried; after a failed trial much later again.
 *
 * <p>A pure function of the answers observed. Kept per account and instance and not shared: the service treats accounts differently,
 * learning again costs few requests, and a wrong conclusion affects one instance only. Not thread-safe.
 */
final class BatchSize {

    /** Fewer expected answers than this prove nothing. */
    private static final int MIN_EXPECTED = 8;

    /** Smaller requests would cost more than they could bring. */
    private static final int MIN_SIZE = 4;

    /** The share of the usual answers that must be missing to raise a suspicion, and while there is one. */
    private static final double CLEARLY_FEWER = 0.5;

    private static final double FEWER = 0.1;
    private static final int MIN_MISSING = 4;
    private static final double NOT_SILENT = 0.1;
    private static final double WEIGHT_OF_NEWEST = 0.2;

    /** Nearly all trackers that answered last time answer again. */
    private static final double USUAL_AT_FIRST = 0.9;

    private static final int GOOD_BEFORE_TRIAL = 8;
    private static final int MAX_GOOD_BEFORE_TRIAL = 512;

    private final int max;
    private int current;
    private double usual = USUAL_AT_FIRST;
    private int goodInARow;
    private int goodBeforeTrial = GOOD_BEFORE_TRIAL;
    private State state = new Settled();

    /** The state of the current size. */
    private sealed interface State {}

    /** The size works. */
    private record Settled() implements State {}

    /**
     * The size was reduced to see whether the silent trackers answer.
     *
     * @param before the size whose answer was short
     * @param ratioBefore the share of the expected trackers that answered then
     */
    private record Suspicion(int before, double ratioBefore) implements State {

        /** Whether another short answer shows that the size was not the cause. */
        boolean isRefutedBy(int asked, int expected, int answered) {
            // If none answers now, only answers to the larger request show that the size did not matter.
            boolean silent = answered == 0 ? ratioBefore > 0 : answered < expected * NOT_SILENT;
            return silent || asked <= MIN_SIZE;
        }
    }

    /**
     * The size was increased to see whether the service answers it again.
     *
     * @param before the size that worked
     */
    private record Trial(int before) implements State {}

    /** What an answer means for the trackers without reports in it. */
    enum Verdict {
        /** They have no reports. */
        BELIEVED,
        /** They may have reports; request them again in a smaller request. */
        ASK_AGAIN
    }

    /**
     * Starts with the largest size.
     *
     * @param max the largest size, at least 1
     */
    BatchSize(int max) {
        this.max = max;
        this.current = max;
    }

    /** The number of trackers for the next request. */
    int current() {
        return current;
    }

    /**
     * Learns from an answer.
     *
     * @param asked how many trackers the request was for
     * @param expected how many of them had reports last time, or were never requested
     * @param answered how many of the expected trackers have reports now
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
            // Halfway between what the smaller size would have returned and what this one should return.
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
