package org.trackerreports.queue;

/** The result of a reconcile. */
public sealed interface ReconcileResult {

    /** Which result it is, so that the compiler checks that a {@code switch} covers all of them. */
    Kind kind();

    /** The kinds of result. */
    enum Kind {
        /** {@link Reconciled}. */
        RECONCILED,
        /** {@link AlreadyRunning}. */
        ALREADY_RUNNING
    }

    /**
     * The queue now holds the given ids.
     *
     * @param added ids that were missing
     * @param removed ids that no longer exist
     * @param changed ids whose priority changed
     * @param kept ids that stayed as they were
     */
    record Reconciled(long added, long removed, long changed, long kept) implements ReconcileResult {

        @Override
        public Kind kind() {
            return Kind.RECONCILED;
        }
    }

    /**
     * Another instance is reconciling or filling the queue, or took over because this one was too slow, or Redis lost its
     * data during the reconcile. Ids added so far stay; no id was removed wrongly. Try again on the next period.
     */
    record AlreadyRunning() implements ReconcileResult {

        @Override
        public Kind kind() {
            return Kind.ALREADY_RUNNING;
        }
    }
}
