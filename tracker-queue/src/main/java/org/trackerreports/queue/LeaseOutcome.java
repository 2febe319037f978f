package org.trackerreports.queue;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How a lease ends, as give-back.lua takes it.
 *
 * @param word the script's word for the outcome
 * @param delay the wait until the next turn
 * @param factor how many times the usual wait the delay is, before limit and jitter
 * @param error why it failed; empty if it did not
 */
record LeaseOutcome(String word, Duration delay, double factor, String error) {

    static LeaseOutcome completed(QueueSettings settings, Lease lease, Completion completion, RandomGenerator random) {
        return switch (completion) {
            case FOUND -> new LeaseOutcome("found", usualWait(settings, lease), 1, "");
            case NOTHING_FOUND ->
                backedOff(
                        "nothingFound",
                        settings.afterNothingFound(),
                        usualWait(settings, lease),
                        lease.consecutiveEmpty() + 1,
                        "",
                        random);
        };
    }

    static LeaseOutcome failed(QueueSettings settings, Lease lease, Fault fault, String error, RandomGenerator random) {
        return switch (fault) {
            case TRACKER -> {
                int failures = lease.consecutiveFailures() + 1;
                int limit = settings.parkAfterFailures();
                yield backedOff(
                        limit > 0 && failures >= limit ? "parked" : "failed",
                        settings.afterFailure(),
                        usualWait(settings, lease),
                        failures,
                        error,
                        random);
            }
            case NOT_THE_TRACKER -> new LeaseOutcome("notItsFault", settings.afterOtherFault(), 1, error);
        };
    }

    static LeaseOutcome released() {
        return new LeaseOutcome("released", Duration.ZERO, 1, "");
    }

    void addTo(ScriptArguments arguments) {
        arguments.add(word).add(delay.toMillis()).add(factor).add(error);
    }

    private static LeaseOutcome backedOff(
            String word, BackOff backOff, Duration usualWait, int attempts, String error, RandomGenerator random) {
        return new LeaseOutcome(word, backOff.delay(usualWait, attempts, random), backOff.factor(attempts), error);
    }

    private static Duration usualWait(QueueSettings settings, Lease lease) {
        return settings.interval().dividedBy(lease.priority());
    }
}
