package org.trackerreports.sinks;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What became of a list of events. A {@code switch} over {@link #kind} is complete. In all outcomes but {@link Done}, an event that is neither
 * delivered nor refused was not tried, or nobody knows whether it arrived: deliver it again.
 */
public sealed interface Delivery {

    /** Which of the outcomes this is. */
    enum Kind {
        DONE,
        TRY_LATER,
        REFUSED,
        SWITCHED_OFF
    }

    /** The longest text of a receiver that is kept, in characters. */
    int LONGEST_TEXT = 500;

    Kind kind();

    /** Everything was delivered. */
    record Done() implements Delivery {

        @Override
        public Kind kind() {
            return Kind.DONE;
        }
    }

    /**
     * The receiver cannot be reached, or cannot work now.
     *
     * @param delivered ids of the events that arrived anyway; do not deliver them again
     * @param reason what was found, for people
     * @param retryAfter how long the receiver asks to wait
     * @param credentials whether it refuses the credentials, so that waiting alone does not help
     */
    record TryLater(Set<String> delivered, String reason, Optional<Duration> retryAfter, boolean credentials)
            implements Delivery {

        public TryLater {
            delivered = Set.copyOf(delivered);
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(retryAfter, "retryAfter");
        }

        @Override
        public Kind kind() {
            return Kind.TRY_LATER;
        }
    }

    /**
     * The receiver works, but does not accept some events.
     *
     * @param delivered ids of the events that arrived
     * @param refusals at least one
     */
    record Refused(Set<String> delivered, List<Refusal> refusals) implements Delivery {

        public Refused {
            delivered = Set.copyOf(delivered);
            refusals = List.copyOf(refusals);
            if (refusals.isEmpty()) {
                throw new IllegalArgumentException("nothing was refused");
            }
        }

        @Override
        public Kind kind() {
            return Kind.REFUSED;
        }
    }

    /**
     * The receiver wants nothing any more.
     *
     * @param delivered ids of the events that arrived before
     * @param reason what was found, for people
     */
    record SwitchedOff(Set<String> delivered, String reason) implements Delivery {

        public SwitchedOff {
            delivered = Set.copyOf(delivered);
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public Kind kind() {
            return Kind.SWITCHED_OFF;
        }
    }

    /**
     * An event that was not accepted.
     *
     * @param event its id
     * @param status the status of the answer; 0 if the protocol has none
     * @param text the beginning of what the receiver answered, up to {@value #LONGEST_TEXT} characters
     */
    record Refusal(String event, int status, String text) {

        public Refusal {
            Objects.requireNonNull(event, "event");
            text = text.substring(0, Math.min(text.length(), LONGEST_TEXT));
        }
    }
}
