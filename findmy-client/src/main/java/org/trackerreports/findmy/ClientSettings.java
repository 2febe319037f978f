package org.trackerreports.findmy;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.trackerreports.findmy.fetch.FetchProtocol;
import org.trackerreports.findmy.key.KeyWindow;

/**
 * How a {@link FindMyClient} asks. Every request counts against what the account may do; accounts that ask every few minutes around
 * the clock were banned, every half hour is known to be fine. Start from {@link #DEFAULT}.
 *
 * @param protocol the interface of the report service
 * @param idsPerRequest how many keys one request asks for at most, 8 … 290; some accounts got answers with at most 64 only
 * @param parallelRequests how many requests may be under way at once, at least 1; Apple's own programs make one after another
 * @param searchBack how far back {@link FindMyClient#latest} looks, more than zero; the service keeps about seven days
 * @param requestsPerAccessory how many requests one call of the client may spend on the search for one accessory, at least 1; one
 *     that was silent for a year, or whose alignment is not known, can have had more than a hundred requests' worth of keys
 * @param retry what is asked again at once
 * @param circuit when the service is left alone for a while
 * @param rateLimit a limit of this client's requests, retries among them; none by default
 * @param renewalPause how long after a sign-in by itself the client does not do so again, so that a service that refuses every
 *     session never causes a row of sign-ins; zero or more
 */
public record ClientSettings(
        FetchProtocol protocol,
        int idsPerRequest,
        int parallelRequests,
        Duration searchBack,
        int requestsPerAccessory,
        Retry retry,
        Circuit circuit,
        Optional<RateLimit> rateLimit,
        Duration renewalPause) {

    /**
     * v2, 256 keys in a request, one request at a time, seven days back, 30 requests for an accessory, an empty answer asked again five times, a failure once, 5
     * minutes of rest after 10 failures in a row, no rate limit, 15 minutes between renewals.
     */
    public static final ClientSettings DEFAULT = new ClientSettings(
            FetchProtocol.V2,
            256,
            1,
            Duration.ofDays(7),
            30,
            Retry.DEFAULT,
            Circuit.DEFAULT,
            Optional.empty(),
            Duration.ofMinutes(15));

    /** The most ids that the service takes in one entry. Source: FindMy.py {@code reports.py}. */
    private static final int MOST_IDS = 290;

    /**
     * What is asked again at once, and how long the client waits before it.
     *
     * @param afterEmptyAnswer a wait for each attempt after an answer with nothing in it, which is a fault of the service that comes
     *     and goes
     * @param afterFailure a wait for each attempt after a 5xx, a timeout or a broken connection
     */
    public record Retry(List<Duration> afterEmptyAnswer, List<Duration> afterFailure) {

        /** 2, 4, 6, 8 and 10 s after empty answers, as FindMy.py waits; 5 s after a failure. */
        public static final Retry DEFAULT =
                new Retry(List.of(seconds(2), seconds(4), seconds(6), seconds(8), seconds(10)), List.of(seconds(5)));

        /** Nothing is asked again. */
        public static final Retry NONE = new Retry(List.of(), List.of());

        public Retry {
            afterEmptyAnswer = List.copyOf(afterEmptyAnswer);
            afterFailure = List.copyOf(afterFailure);
            afterEmptyAnswer.forEach(wait -> requireNotNegative("a wait before a retry", wait));
            afterFailure.forEach(wait -> requireNotNegative("a wait before a retry", wait));
        }

        private static Duration seconds(int count) {
            return Duration.ofSeconds(count);
        }
    }

    /**
     * When the service is left alone: nothing is sent until the pause is over, then one request tries.
     *
     * @param failures how many failures in a row, at least 1: 5xx, timeouts, broken connections, empty answers
     * @param pause how long, more than zero; after a 429 at least as long as the service asks for
     */
    public record Circuit(int failures, Duration pause) {

        /** 5 minutes after 10 failures: an empty answer and its five retries alone do not open it. */
        public static final Circuit DEFAULT = new Circuit(10, Duration.ofMinutes(5));

        public Circuit {
            requireAtLeast("failures of a circuit", failures, 1);
            requirePositive("the pause of a circuit", pause);
        }
    }

    /**
     * So many requests in a period.
     *
     * @param requests at least 1
     * @param period more than zero
     * @param mostWait how long a request may wait for its turn before it is given up, zero or more
     */
    public record RateLimit(int requests, Duration period, Duration mostWait) {

        public RateLimit {
            requireAtLeast("requests of a rate limit", requests, 1);
            requirePositive("the period of a rate limit", period);
            requireNotNegative("the longest wait of a rate limit", mostWait);
        }
    }

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public ClientSettings {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(retry, "retry");
        Objects.requireNonNull(circuit, "circuit");
        Objects.requireNonNull(rateLimit, "rateLimit");
        requireAtLeast("ids in a request", idsPerRequest, KeyWindow.MIN_GROUP_SIZE);
        if (idsPerRequest > MOST_IDS) {
            throw new IllegalArgumentException(
                    "a request asks for at most " + MOST_IDS + " ids, found a limit of " + idsPerRequest);
        }
        requireAtLeast("parallel requests", parallelRequests, 1);
        requirePositive("the time to search back", searchBack);
        requireAtLeast("requests for an accessory", requestsPerAccessory, 1);
        requireNotNegative("the pause between renewals", renewalPause);
    }

    /** These settings with another protocol. */
    public ClientSettings withProtocol(FetchProtocol other) {
        return new ClientSettings(
                other,
                idsPerRequest,
                parallelRequests,
                searchBack,
                requestsPerAccessory,
                retry,
                circuit,
                rateLimit,
                renewalPause);
    }

    /** These settings with another number of keys in a request. */
    public ClientSettings withIdsPerRequest(int ids) {
        return new ClientSettings(
                protocol,
                ids,
                parallelRequests,
                searchBack,
                requestsPerAccessory,
                retry,
                circuit,
                rateLimit,
                renewalPause);
    }

    /** These settings with another number of requests at once. */
    public ClientSettings withParallelRequests(int requests) {
        return new ClientSettings(
                protocol,
                idsPerRequest,
                requests,
                searchBack,
                requestsPerAccessory,
                retry,
                circuit,
                rateLimit,
                renewalPause);
    }

    /** These settings with another time to look back. */
    public ClientSettings withSearchBack(Duration back) {
        return new ClientSettings(
                protocol,
                idsPerRequest,
                parallelRequests,
                back,
                requestsPerAccessory,
                retry,
                circuit,
                rateLimit,
                renewalPause);
    }

    /** These settings with another number of requests for an accessory. */
    public ClientSettings withRequestsPerAccessory(int requests) {
        return new ClientSettings(
                protocol,
                idsPerRequest,
                parallelRequests,
                searchBack,
                requests,
                retry,
                circuit,
                rateLimit,
                renewalPause);
    }

    /** These settings with other retries. */
    public ClientSettings withRetry(Retry other) {
        return new ClientSettings(
                protocol,
                idsPerRequest,
                parallelRequests,
                searchBack,
                requestsPerAccessory,
                other,
                circuit,
                rateLimit,
                renewalPause);
    }

    /** These settings with another circuit breaker. */
    public ClientSettings withCircuit(Circuit other) {
        return new ClientSettings(
                protocol,
                idsPerRequest,
                parallelRequests,
                searchBack,
                requestsPerAccessory,
                retry,
                other,
                rateLimit,
                renewalPause);
    }

    /** These settings with a rate limit. */
    public ClientSettings withRateLimit(RateLimit limit) {
        return new ClientSettings(
                protocol,
                idsPerRequest,
                parallelRequests,
                searchBack,
                requestsPerAccessory,
                retry,
                circuit,
                Optional.of(limit),
                renewalPause);
    }

    /** These settings with another pause between renewals. */
    public ClientSettings withRenewalPause(Duration pause) {
        return new ClientSettings(
                protocol,
                idsPerRequest,
                parallelRequests,
                searchBack,
                requestsPerAccessory,
                retry,
                circuit,
                rateLimit,
                pause);
    }

    private static void requireAtLeast(String what, int found, int least) {
        if (found < least) {
            throw new IllegalArgumentException(what + ": at least " + least + ", found " + found);
        }
    }

    private static void requirePositive(String what, Duration found) {
        if (found.isNegative() || found.isZero()) {
            throw new IllegalArgumentException(what + " is longer than zero, found " + found);
        }
    }

    private static void requireNotNegative(String what, Duration found) {
        if (found.isNegative()) {
            throw new IllegalArgumentException(what + " is not negative, found " + found);
        }
    }
}
