package org.trackerreports.store.history;

import java.time.Instant;
import java.util.Optional;

/**
 * Figures for health and metrics.
 *
 * @param enabledTrackers trackers whose reports are to be fetched
 * @param disabledTrackers the others
 * @param receivedReports reports received since the asked instant
 * @param undecryptableReports those of them that could not be decrypted
 * @param markedReports those of them that are marked as implausible
 * @param lastReceived when the newest of them was received
 */
public record StoreCounts(
        long enabledTrackers,
        long disabledTrackers,
        long receivedReports,
        long undecryptableReports,
        long markedReports,
        Optional<Instant> lastReceived) {}
