package org.trackerreports.benchmarks;

import java.time.Duration;
import java.util.Arrays;

/** How long something takes that is done again and again. */
public final class MedianTime {

    /** A second is too short for anything but the first reads. */
    private static final int LEAST = 20;

    private static final int MOST = 10_000;

    /** For how many times as long reads go on until they are enough. */
    private static final int PATIENCE = 4;

    private MedianTime() {}

    /** The median in milliseconds, after a first time that does not count. */
    public static double millis(Duration time, Runnable read) {
        read.run();
        double[] millis = new double[MOST];
        int reads = 0;
        long began = System.nanoTime();
        while (reads < MOST && System.nanoTime() - began < (reads < LEAST ? PATIENCE : 1) * time.toNanos()) {
            long start = System.nanoTime();
            read.run();
            millis[reads++] = (System.nanoTime() - start) / 1e6;
        }
        double[] sorted = Arrays.copyOf(millis, reads);
        Arrays.sort(sorted);
        return sorted[reads / 2];
    }
}
