package org.trackerreports.queue;

import java.time.Duration;

/**
 * Is told what happens in this instance, for metrics. Called after the event, on the thread that caused it, possibly by many threads
 * at once: an implementation must be thread-safe, return soon and not call the queue. An exception is logged once and does not
 * disturb the work.
 */
public interface QueueListener {

    /** Does nothing. */
    QueueListener NONE = new QueueListener() {};

    /** A claim leased ids; 0 when nothing was due. */
    default void claimed(int ids) {}

    /** Work on ids succeeded. */
    default void completed(Completion completion, int ids) {}

    /** Work on ids failed. */
    default void failed(Fault fault, int ids) {}

    /** Leases were released without work. */
    default void released(int ids) {}

    /** Changes were refused because their leases were lost before. */
    default void refused(int ids) {}

    /** Leases of dead or slow workers were reclaimed. */
    default void reclaimed(ReclaimResult reclaimed) {}

    /** The queue was empty and was filled. */
    default void filled(long ids) {}

    /** The queue was reconciled with the ids that exist. */
    default void reconciled(ReconcileResult.Reconciled result) {}

    /** Statistics were read: the values for gauges. */
    default void measured(QueueStatistics statistics) {}

    /** Redis restarted, was flushed or was replaced since this instance last called it. This instance reported its leases again. */
    default void dataLost() {}

    /** A call failed with {@link QueueUnavailableException}. */
    default void unavailable() {}

    /** A budget granted a request. */
    default void granted(String budget) {}

    /** A grant or cool-down of a budget was in the future, because the clock of Redis had been wrong. It was corrected. */
    default void clockCorrected(String budget) {}

    /** A budget denied a request. */
    default void denied(String budget, Duration wait) {}
}
