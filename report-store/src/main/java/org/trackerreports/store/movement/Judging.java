package org.trackerreports.store.movement;

import java.time.Duration;

/**
 * Judges what was stored, in the order of the feed: flags, latest positions, transitions and events, together with how far the feed is
 * read. Each step is one transaction, so if it is aborted, the next one does the same. Of several instances one works at a time.
 * Thread-safe.
 */
public interface Judging {

    /** Does the next step, if there is something to do. */
    JudgingResult step(Judge judge, JudgingSettings settings);

    /**
     * Looks for trackers that have fallen silent: none of their reports was received for so long, although the service answered for them
     * at the end of that time.
     *
     * @param usually how long a tracker without the label {@code silent_after} may be silent
     * @return the number of trackers that have fallen silent
     */
    int findSilent(Duration usually);

    /** What waits to be judged. */
    JudgingBacklog backlog();
}
