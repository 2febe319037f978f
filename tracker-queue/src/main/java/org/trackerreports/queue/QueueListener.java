package org.trackerreports.queue;

import java.time.Duration;

/**
 * Is told what happens in this instance, for metrics. Called on the caller's thread after the fact, possibly by many threads
 * at once: an implementation must be thread-safe and quick, must not call the queue and must not throw.
 */
public interface QueueListener {

    /** Does nothing. */
    QueueListener NONE = new QueueListener() {};

    /** Ids were leased; called with 0 when there was nothing to do. */
    default void claimed(int ids) {}

    /** Work ended well. */
    default void completed(Completion completion, int ids) {}

    /** Work failed. */
    default void failed(Fault fault, int ids) {}

    /** Leases were given back unworked. */
    default void released(int ids) {}

    /** Writes of leases that were lost before were refused. */
    default void refused(int ids) {}

    /** Leases were taken back. */
    default void reclaimed(ReclaimResult reclaimed) {}

    /** The queue was empty and was filled. */
    default void filled(long ids) {}

    /** The queue was brought in line with a list of ids. */
    default void reconciled(ReconcileResult.Reconciled result) {}

    /** The queue was measured: the values for gauges. */
    default void measured(QueueStatistics statistics) {}

    /** Redis restarted, was flushed or was replaced since this instance last looked; what it held is reported anew. */
    default void memoryLost() {}

    /** A call gave up with {@link QueueUnavailableException}. */
    default void unavailable() {}

    /** A budget granted a request. */
    default void granted(String budget) {}

    /** A budget asked to wait. */
    default void denied(String budget, Duration wait) {}
}
