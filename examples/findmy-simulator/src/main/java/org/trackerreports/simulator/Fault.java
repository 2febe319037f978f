package org.trackerreports.simulator;

import java.time.Duration;
import java.util.Objects;

/**
 * A fault to be injected. It strikes as long as all its limits allow: the number of times, the time since it was added, the
 * probability, the account.
 *
 * @param service where
 * @param kind what
 * @param times how often at most
 * @param lifetime how long after it was added at most
 * @param probability of striking a request, above 0 up to 1
 * @param account only requests of this Apple ID, or empty for all
 * @param delay of {@link FaultKind#SLOW} and {@link FaultKind#HANG}, at most a day
 * @param retryAfter of {@link FaultKind#TOO_MANY_REQUESTS}, whole seconds
 */
public record Fault(
        Service service,
        FaultKind kind,
        int times,
        Duration lifetime,
        double probability,
        String account,
        Duration delay,
        Duration retryAfter) {
    /** No limit of times. */
    public static final int ALWAYS = Integer.MAX_VALUE;

    /** No limit of time. */
    public static final Duration FOREVER = Duration.ofDays(36_500);

    static final Duration MAX_DELAY = Duration.ofDays(1);

    /** Checks the limits. */
    public Fault {
        Objects.requireNonNull(service, "service");
        if (!kind.isPossibleAt(service)) {
            throw new IllegalArgumentException("The fault " + kind + " cannot happen at " + service + ".");
        }
        if (times < 1 || lifetime.isNegative() || lifetime.isZero()) {
            throw new IllegalArgumentException("A fault strikes at least once, within a time above zero.");
        }
        if (!(probability > 0 && probability <= 1)) {
            throw new IllegalArgumentException("A probability is above 0 and at most 1, found " + probability + ".");
        }
        if (delay.isNegative() || delay.compareTo(MAX_DELAY) > 0 || retryAfter.isNegative()) {
            throw new IllegalArgumentException("A delay is 0 to 24 hours, and Retry-After is not negative.");
        }
        account = Accounts.normalized(account);
    }

    /** Strikes every request from now on; 5 s delay, 60 s retry-after where these matter. */
    public static Fault always(Service service, FaultKind kind) {
        return new Fault(service, kind, ALWAYS, FOREVER, 1, "", Duration.ofSeconds(5), Duration.ofSeconds(60));
    }

    /** Strikes the next request. */
    public static Fault once(Service service, FaultKind kind) {
        return always(service, kind).times(1);
    }

    /** The same fault, striking at most so often. */
    public Fault times(int limit) {
        return new Fault(service, kind, limit, lifetime, probability, account, delay, retryAfter);
    }

    /** The same fault, ending so long after it is added. */
    public Fault lasting(Duration limit) {
        return new Fault(service, kind, times, limit, probability, account, delay, retryAfter);
    }

    /** The same fault, striking each request with this probability. */
    public Fault withProbability(double chance) {
        return new Fault(service, kind, times, lifetime, chance, account, delay, retryAfter);
    }

    /** The same fault, striking only the requests of one account. */
    public Fault forAccount(String appleId) {
        return new Fault(service, kind, times, lifetime, probability, appleId, delay, retryAfter);
    }

    /** The same fault with another delay. */
    public Fault withDelay(Duration newDelay) {
        return new Fault(service, kind, times, lifetime, probability, account, newDelay, retryAfter);
    }

    /** The same fault with another retry-after. */
    public Fault withRetryAfter(Duration wait) {
        return new Fault(service, kind, times, lifetime, probability, account, delay, wait);
    }
}
