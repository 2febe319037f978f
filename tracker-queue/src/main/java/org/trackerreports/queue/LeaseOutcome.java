package org.trackerreports.queue;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How a lease ends, as the script give-back.lua wants it.
 *
 * @param outcome the script's word for it
 * @param delay until the next turn
 * @param factor how many times the usual wait this is meant to be
 */
record LeaseOutcome(String outcome, Duration delay, double factor, String error) {

    static LeaseOutcome found(QueueSettings settings, Lease lease) {
        return new LeaseOutcome("found", usual(settings, lease), 1, "");
    }

    static LeaseOutcome nothingFound(QueueSettings settings, Lease lease, RandomGenerator random) {
        return grown(
                "nothingFound", settings, lease, settings.afterNothingFound(), lease.consecutiveEmpty(), "", random);
    }

    static LeaseOutcome failed(QueueSettings settings, Lease lease, String error, RandomGenerator random) {
        int limit = settings.parkAfterFailures();
        String outcome = limit > 0 && lease.consecutiveFailures() + 1 >= limit ? "parked" : "failed";
        return grown(outcome, settings, lease, settings.afterFailure(), lease.consecutiveFailures(), error, random);
    }

    static LeaseOutcome notItsFault(QueueSettings settings, String error) {
        return new LeaseOutcome("notItsFault", settings.afterOtherFault(), 1, error);
    }

    static LeaseOutcome released() {
        return new LeaseOutcome("released", Duration.ZERO, 1, "");
    }

    void addTo(ScriptArguments fields) {
        fields.add(outcome).add(delay.toMillis()).add(factor).add(error);
    }

    private static LeaseOutcome grown(
            String outcome,
            QueueSettings settings,
            Lease lease,
            BackOff backOff,
            int before,
            String error,
            RandomGenerator random) {
        int attempts = before + 1;
        return new LeaseOutcome(
                outcome, backOff.delay(usual(settings, lease), attempts, random), backOff.factor(attempts), error);
    }

    private static Duration usual(QueueSettings settings, Lease lease) {
        return settings.interval().dividedBy(lease.priority());
    }
}
