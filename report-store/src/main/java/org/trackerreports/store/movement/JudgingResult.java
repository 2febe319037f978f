package org.trackerreports.store.movement;

import java.util.Map;

/**
 * What a step did.
 *
 * @param busy whether another instance was at work, so that this one did nothing
 * @param entries the number of entries of the feed that are done
 * @param reports how many reports were judged
 * @param flags how many reports got each flag
 * @param raised how many transitions were recorded
 * @param withdrawn how many transitions were withdrawn
 * @param events how many events of trackers were recorded
 * @param failed trackers whose reports the judge could not judge, with the exception; they are tried again after an hour
 * @param more whether there may be more to do at once
 */
public record JudgingResult(
        boolean busy,
        int entries,
        long reports,
        Map<String, Integer> flags,
        int raised,
        int withdrawn,
        int events,
        Map<Long, RuntimeException> failed,
        boolean more) {

    /** Another instance was at work. */
    public static final JudgingResult BUSY = new JudgingResult(true, 0, 0, Map.of(), 0, 0, 0, Map.of(), false);

    public JudgingResult {
        flags = Map.copyOf(flags);
        failed = Map.copyOf(failed);
    }
}
