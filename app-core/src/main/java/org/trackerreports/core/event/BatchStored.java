package org.trackerreports.core.event;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The reports of one answer are in the database.
 *
 * @param account the alias of the account that asked
 * @param received how many reports the answer contained
 * @param stored how many of them are new
 * @param duplicates how many were already stored
 * @param undecryptable how many could not be decrypted; they are stored, too
 * @param refused how many the store refused
 * @param flagged how many have each flag, by the name of the flag in lower case
 * @param lags for each new report, the time from the sighting to now; negative if the finder's clock was ahead
 * @param delayed whether the answer waited on disk
 */
public record BatchStored(
        String account,
        int received,
        long stored,
        long duplicates,
        int undecryptable,
        long refused,
        Map<String, Integer> flagged,
        List<Duration> lags,
        boolean delayed) {

    public BatchStored {
        flagged = Map.copyOf(flagged);
        lags = List.copyOf(lags);
    }
}
