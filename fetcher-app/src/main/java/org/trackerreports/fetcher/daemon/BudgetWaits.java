package org.trackerreports.fetcher.daemon;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.trackerreports.core.time.Times;

/**
 * Tells until when and why an account waits for its budget, unless that is the usual gap after a request of its own. Used by one thread.
 */
final class BudgetWaits {

    /** Redis' clock and this one differ a little, and so do two answers about the same time. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private final String alias;
    private boolean afterRequest;
    private Optional<Instant> known = Optional.empty();

    BudgetWaits(String alias) {
        this.alias = alias;
    }

    /** A request was made: a gap follows. */
    void asked() {
        afterRequest = true;
    }

    /**
     * The budget allows no request before an instant.
     *
     * @return what a person should read about it; empty if that is known or usual
     */
    Optional<String> budgetAllows(Instant next) {
        boolean later = known.isPresent() && next.isAfter(known.get().plus(TOLERANCE));
        boolean unexpected = known.isEmpty() && !afterRequest;
        known = Optional.of(next);
        String sentence = "Account " + alias + ": no request before " + Times.text(next);
        if (later) {
            return Optional.of(sentence + ", later than before: another program used the budget, or Redis lost it, and"
                    + " then the last request counts as ended late.");
        }
        return unexpected ? Optional.of(sentence + ": its budget allows none earlier.") : Optional.empty();
    }

    /** The budget allows a request now. */
    void over() {
        afterRequest = false;
        known = Optional.empty();
    }
}
