package org.trackerreports.queue;

/** What came of a reconcile. */
public sealed interface ReconcileResult {

    /**
     * The queue now holds the given ids.
     *
     * @param added ids that were missing
     * @param removed ids that were too many
     * @param changed ids whose priority changed
     * @param kept ids that stayed as they were
     */
    record Reconciled(long added, long removed, long changed, long kept) implements ReconcileResult {}

    /**
     * Another instance reconciles or fills the queue now, or took over because this one was too slow, or Redis lost its
     * memory meanwhile. What was added so far stays, nothing was removed wrongly. Try again on the next period.
     */
    record AnotherIsAtIt() implements ReconcileResult {}
}
