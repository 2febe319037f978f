package org.trackerreports.queue;

import java.time.Duration;

/** Whether a request may be made. */
public sealed interface BudgetAnswer {

    /** Make it now. It counts, whatever becomes of it. */
    record Granted() implements BudgetAnswer {}

    /**
     * Do not make it. Nothing was counted.
     *
     * @param duration after this long it may be granted, if nobody else takes it
     */
    record Wait(Duration duration) implements BudgetAnswer {}
}
