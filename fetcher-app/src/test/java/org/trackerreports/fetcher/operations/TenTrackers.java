package org.trackerreports.fetcher.operations;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trackerreports.fetcher.operations.Sample.AccountSample;
import org.trackerreports.fetcher.operations.Sample.TrackerNumbers;
import org.trackerreports.queue.QueueStatistics;
import org.trackerreports.store.schema.DatabaseProblem;

/** A queue of ten trackers that one worker serves, and samples of it. */
final class TenTrackers {

    private TenTrackers() {}

    /**
     * The queue.
     *
     * @param at by the clock of Redis
     * @param reconciled when it was compared with the database
     */
    static QueueStatistics queue(Instant at, Instant reconciled, boolean paused, long due, long parked) {
        return new QueueStatistics(
                at,
                true,
                paused,
                Instant.EPOCH,
                Optional.of(reconciled),
                10,
                10,
                due,
                0,
                0,
                parked,
                0,
                1,
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    /** A sample while Redis answers. */
    static Sample sample(
            Instant at,
            Optional<String> databaseFailure,
            List<DatabaseProblem> databaseProblems,
            QueueStatistics queue,
            List<AccountSample> accounts) {
        return new Sample(
                at,
                databaseFailure,
                databaseProblems,
                Optional.empty(),
                Optional.of(new TrackerNumbers(10, 0)),
                Optional.empty(),
                Optional.of(queue),
                Optional.empty(),
                List.of(),
                accounts);
    }
}
