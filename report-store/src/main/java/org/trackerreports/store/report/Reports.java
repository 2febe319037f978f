package org.trackerreports.store.report;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.trackerreports.store.city.CityFinder;
import org.trackerreports.store.tracker.AlignmentUpdate;

/** Stores location reports, and revises stored ones. Thread-safe. */
public interface Reports {

    /**
     * Stores reports and alignments in one transaction. A report that is already stored is recognised, so the call can be repeated if
     * its answer was lost. An unknown key becomes a key of the report's tracker.
     *
     * @return one outcome per report, in the given order
     */
    InsertResult insert(List<NewReport> reports, List<AlignmentUpdate> alignments);

    /**
     * Notes that the service answered for these trackers, with or without reports, so that a silent tracker can be told from one that
     * nobody asked for. Written at most once an hour for each tracker.
     */
    void answered(Collection<Long> trackerIds, Instant receivedAt);

    /**
     * Makes the content of stored reports again, in batches. The history shows the changes after its next refresh. Can be interrupted
     * and repeated.
     */
    RevisionResult revise(ReportSelection selection, Reviser reviser);

    /**
     * As {@link #revise(ReportSelection, Reviser)}, with progress.
     *
     * @param progress called after each batch of 1,000 reports, when the batch is stored; its exception ends the revision
     */
    RevisionResult revise(ReportSelection selection, Reviser reviser, Consumer<RevisionResult> progress);

    /** Whether a report is stored, with or without a position. */
    boolean contains(String hashedAdvKey, Instant timestamp, Payload payload);

    /** How many reports a revision of this selection would examine. */
    long count(ReportSelection selection);

    /** Adds the nearest city to stored reports that have none. */
    RevisionResult nameCities(ReportSelection selection, CityFinder finder);

    /** As {@link #nameCities(ReportSelection, CityFinder)}, with progress as in {@code revise}. */
    RevisionResult nameCities(ReportSelection selection, CityFinder finder, Consumer<RevisionResult> progress);
}
