package org.trackerreports.benchmarks;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param rounds how often each candidate is measured
 * @param warmUp how long a piece of code runs before it is measured
 * @param measured how long it is measured then
 * @param manyIds the size of the large queue
 * @param storedReports number of reports in the database that is queried
 * @param readReports number of reports of the fleet that users read
 * @param pipelineTrackers how many trackers the pipeline fetches in a cycle
 * @param peerTrackers how many the peers fetch
 * @param fleetSizes the numbers of trackers whose costs are compared, growing
 * @param warmUpTurns how many turns of trackers, or reports of the pipeline, go before anything is measured: a daemon runs for months
 * @param measuredTurns of how many turns the costs are taken, at least
 */
public record Effort(
        int rounds,
        Duration warmUp,
        Duration measured,
        int manyIds,
        int storedReports,
        int readReports,
        int pipelineTrackers,
        int peerTrackers,
        List<Integer> fleetSizes,
        int warmUpTurns,
        int measuredTurns) {

    /** For figures that are to be published. */
    public static final Effort FULL = new Effort(
            5,
            Duration.ofSeconds(6),
            Duration.ofSeconds(6),
            1_000_000,
            1_000_000,
            100_000_000,
            100_000,
            20_000,
            List.of(1_000, 10_000, 100_000, 1_000_000),
            800_000,
            50_000);

    /** For a look. */
    public static final Effort QUICK = new Effort(
            1,
            Duration.ofSeconds(3),
            Duration.ofSeconds(3),
            100_000,
            100_000,
            10_000_000,
            30_000,
            5_000,
            List.of(1_000, 10_000),
            20_000,
            10_000);

    /** Checks the sizes. */
    public Effort {
        fleetSizes = List.copyOf(fleetSizes);
    }

    Effort withStoredReports(int reports) {
        return new Effort(
                rounds,
                warmUp,
                measured,
                manyIds,
                reports,
                reports,
                pipelineTrackers,
                peerTrackers,
                fleetSizes,
                warmUpTurns,
                measuredTurns);
    }
}
