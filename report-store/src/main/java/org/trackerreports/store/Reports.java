package org.trackerreports.store;

import java.time.Clock;
import java.util.List;

/** Takes in location reports. Thread-safe. */
public final class Reports {

    private final Database database;
    private final Clock clock;

    Reports(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Stores reports and alignments in one transaction. What was stored before is recognised by the database, so a call whose
     * answer was lost can simply be repeated. A key that is not known yet becomes the key of the report's tracker.
     *
     * @return one outcome for each report, in the given order
     */
    public InsertResult insert(List<NewReport> reports, List<AlignmentUpdate> alignments) {
        if (reports.isEmpty() && alignments.isEmpty()) {
            return new InsertResult(List.of());
        }
        return database.transaction(
                "store reports", connection -> new ReportBatch(connection, clock.instant()).store(reports, alignments));
    }
}
