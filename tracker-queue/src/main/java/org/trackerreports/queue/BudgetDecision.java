package org.trackerreports.queue;

import java.time.Duration;
import java.util.Objects;

/** Whether a request may be made. */
public sealed interface BudgetDecision {

    /** Which decision it is, so that the compiler checks that a {@code switch} covers all of them. */
    Kind kind();

    /** How long to wait before asking again; zero if the request was granted. */
    Duration retryAfter();

    /** The kinds of decision. */
    enum Kind {
        /** {@link Granted}. */
        GRANTED,
        /** {@link Denied}. */
        DENIED
    }

    /** The request may be made now. It counts against the budget whether or not it is made and whatever its outcome. */
    record Granted() implements BudgetDecision {

        @Override
        public Kind kind() {
            return Kind.GRANTED;
        }

        @Override
        public Duration retryAfter() {
            return Duration.ZERO;
        }
    }

    /**
     * The request must not be made. Nothing was counted.
     *
     * @param retryAfter how long until a request can be granted, unless another caller takes it first
     */
    record Denied(Duration retryAfter) implements BudgetDecision {

        public Denied {
            Objects.requireNonNull(retryAfter, "retryAfter");
        }

        @Override
        public Kind kind() {
            return Kind.DENIED;
        }
    }
}
