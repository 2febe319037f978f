package org.trackerreports.store.history;

import java.time.Instant;
import java.util.Optional;

/**
 * Counts for health checks and metrics.
 *
 * @param enabledTrackers number of trackers whose reports are to be fetched
 * @param disabledTrackers number of the other trackers
 * @param receivedReports number of reports received since the given instant
 * @param undecryptableReports how many of them could not be decrypted
 * @param flaggedReports how many of them have flags
 * @param lastReceived when the latest of them was received
 */
public record StoreCounts(
        long enabledTrackers,
        long disabledTrackers,
        long receivedReports,
        long undecryptableReports,
        long flaggedReports,
        Optional<Instant> lastReceived) {}
