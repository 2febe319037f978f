package org.trackerreports.findmy.fetch;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;

/**
 * How long an account leaves the service alone after a failed request. The wait doubles with each failure in a row, because trying
 * faster gets accounts banned. The daemon, the tools and the client all use this rule.
 *
 * @param failures how many failures in a row it takes, at least 1; a 429 or a refusal alone is enough
 * @param first the first cool-down, more than zero
 * @param longest where doubling ends; a service that asks for a longer wait gets it, up to {@link #MAX_COOL_DOWN}
 * @param afterRefusal the shortest cool-down after a refusal; zero if a refusal counts like any other failure
 * @param jitter the part of the wait that is random, 0 to less than 1, so that instances do not return together
 */
public record CoolDownPolicy(int failures, Duration first, Duration longest, Duration afterRefusal, double jitter) {

    /** No answer of a service makes an account cool down longer: a service that asks for more has a fault. */
    public static final Duration MAX_COOL_DOWN = Duration.ofDays(1);

    /** For programs that ask around the clock: from the first failure on, 30 s to 2 hours, an hour after a refusal. */
    public static final CoolDownPolicy STEADY =
            new CoolDownPolicy(1, Duration.ofSeconds(30), Duration.ofHours(2), Duration.ofHours(1), 0.2);

    /** After a 429 that does not say how long to wait. */
    private static final Duration AFTER_TOO_MANY_REQUESTS = Duration.ofMinutes(15);

    /** Doubling as often as this exceeds every limit. */
    private static final int MAX_DOUBLINGS = 20;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public CoolDownPolicy {
        if (failures < 1 || first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("a cool-down follows at least 1 failure and is longer than zero, found "
                    + failures + " failures, " + first + " to " + longest);
        }
    }

    /** The same time within 0 and {@link #MAX_COOL_DOWN}. */
    static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(MAX_COOL_DOWN) > 0 ? MAX_COOL_DOWN : wait;
    }

    /** Whether an outcome counts as a failure: neither an answer, nor a request that was not sent, nor one that needs a person. */
    static boolean isFailure(FetchOutcome outcome) {
        boolean needsPerson = outcome.kind() == FetchOutcome.Kind.SIGN_IN_NEEDED && !outcome.waitingHelps();
        return outcome.category() == FetchOutcome.Category.FAILED && !needsPerson;
    }

    /**
     * The cool-down after a failure.
     *
     * @param outcome the failure
     * @param inARow how many requests failed in a row, this one included, at least 1
     * @return the wait, at most {@link #MAX_COOL_DOWN}; zero if there is none
     */
    public Duration after(FetchOutcome outcome, int inARow) {
        if (!isFailure(outcome)) {
            return Duration.ZERO;
        }
        boolean aloneIsEnough = outcome.kind() == FetchOutcome.Kind.TOO_MANY_REQUESTS;
        int counted = aloneIsEnough ? Math.max(failures, inARow) : inARow;
        Duration growing = counted < failures ? Duration.ZERO : growing(counted);
        return bounded(longer(growing, shortestAfter(outcome)));
    }

    private Duration shortestAfter(FetchOutcome outcome) {
        return switch (outcome.kind()) {
            case TOO_MANY_REQUESTS ->
                ((FetchOutcome.TooManyRequests) outcome).retryAfter().orElse(AFTER_TOO_MANY_REQUESTS);
            case SERVICE_ERROR ->
                ((FetchOutcome.ServiceError) outcome).retryAfter().orElse(Duration.ZERO);
            case REFUSED -> afterRefusal;
            default -> Duration.ZERO;
        };
    }

    private Duration growing(int inARow) {
        IntervalFunction wait = jitter > 0
                ? IntervalFunction.ofExponentialRandomBackoff(first, 2, jitter, longest)
                : IntervalFunction.ofExponentialBackoff(first, 2, longest);
        return Duration.ofMillis(wait.apply(Math.min(inARow - failures + 1, MAX_DOUBLINGS)));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
