package org.trackerreports.findmy;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.trackerreports.findmy.fetch.CoolDownPolicy;
import org.trackerreports.findmy.fetch.FetchProtocol;
import org.trackerreports.findmy.key.KeyWindow;
import org.trackerreports.findmy.login.SessionSource;

/**
 * How a {@link FindMyClient} asks. Every request counts against what the account may do; accounts that ask every few minutes around
 * the clock were banned, every half hour is known to be fine. Start from {@link #DEFAULT}.
 *
 * @param protocol the interface of the report service
 * @param idsPerRequest how many keys one request asks for at most, 8 … 290; some accounts got answers with at most 64 only
 * @param parallelRequests how many requests may be under way at once, at least 1; Apple's own programs make one after another
 * @param searchBack how far back {@link FindMyClient#latest} looks, more than zero; the service keeps about seven days
 * @param requestsPerAccessory how many requests one call of the client may spend on the search for one accessory, at least 1; the keys
 *     of one that was silent for a year, or whose alignment is not known, can take more than a hundred requests
 * @param retry what is asked again at once
 * @param coolDown when the service is left alone for a while
 * @param rateLimit a limit of this client's requests, retries among them
 * @param renewalPause the smallest gap between two sign-ins that the client makes by itself, so that a service that refuses every
 *     session does not cause one sign-in after the other; zero or more
 */
public record ClientSettings(
        FetchProtocol protocol,
        int idsPerRequest,
        int parallelRequests,
        Duration searchBack,
        int requestsPerAccessory,
        Retry retry,
        CoolDown coolDown,
        Optional<RateLimit> rateLimit,
        Duration renewalPause) {

    /**
     * v2, 256 keys in a request, one request at a time, seven days back, 30 requests for an accessory, five retries after empty answers,
     * one after a failure, 5 minutes of cool-down after 10 failures in a row, 72 requests in 6 hours, 15 minutes between renewals.
     */
    public static final ClientSettings DEFAULT = new ClientSettings(
            FetchProtocol.V2,
            256,
            1,
            Duration.ofDays(7),
            30,
            Retry.DEFAULT,
            CoolDown.DEFAULT,
            Optional.of(RateLimit.DEFAULT),
            SessionSource.MIN_SIGN_IN_GAP);

    /** The most ids that the service takes in one entry. Source: FindMy.py {@code reports.py}. */
    private static final int MAX_IDS = 290;

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

        /** No retries. */
        public static final Retry NONE = new Retry(List.of(), List.of());

        public Retry {
            afterEmptyAnswer = List.copyOf(afterEmptyAnswer);
            afterFailure = List.copyOf(afterFailure);
            afterEmptyAnswer.forEach(wait -> SettingRanges.requireNotNegative("a wait before a retry", wait));
            afterFailure.forEach(wait -> SettingRanges.requireNotNegative("a wait before a retry", wait));
        }

        private static Duration seconds(int count) {
            return Duration.ofSeconds(count);
        }
    }

    /**
     * When the service is left alone: no request is sent until the pause is over, then one request tries.
     *
     * @param failures how many failures in a row, at least 1; retries count
     * @param pause how long, more than zero, at most a day; after a 429 at least as long as the service asks for
     */
    public record CoolDown(int failures, Duration pause) {

        /** 5 minutes after 10 failures: an empty answer and its five retries alone are not enough. */
        public static final CoolDown DEFAULT = new CoolDown(10, Duration.ofMinutes(5));

        public CoolDown {
            SettingRanges.requireAtLeast("failures before a cool-down", failures, 1);
            SettingRanges.requirePositive("the pause of a cool-down", pause);
        }

        CoolDownPolicy policy() {
            return new CoolDownPolicy(failures, pause, pause, Duration.ZERO, 0);
        }
    }

    /**
     * A limit of requests in a period.
     *
     * @param requests at least 1
     * @param period more than zero
     * @param maxWait how long a request may wait for its turn, zero or more
     */
    public record RateLimit(int requests, Duration period, Duration maxWait) {

        /**
         * 72 in 6 hours, without waiting: a request each half hour, and now and then a search for an accessory. A program that is started
         * again begins anew; {@link FileRequestBudget} remembers.
         */
        public static final RateLimit DEFAULT = new RateLimit(72, Duration.ofHours(6), Duration.ZERO);

        public RateLimit {
            SettingRanges.requireAtLeast("requests of a rate limit", requests, 1);
            SettingRanges.requirePositive("the period of a rate limit", period);
            SettingRanges.requireNotNegative("the longest wait of a rate limit", maxWait);
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
        Objects.requireNonNull(coolDown, "coolDown");
        Objects.requireNonNull(rateLimit, "rateLimit");
        SettingRanges.requireAtLeast("ids in a request", idsPerRequest, KeyWindow.MIN_GROUP_SIZE);
        if (idsPerRequest > MAX_IDS) {
            throw new IllegalArgumentException(
                    "a request asks for at most " + MAX_IDS + " ids, found a limit of " + idsPerRequest);
        }
        SettingRanges.requireAtLeast("parallel requests", parallelRequests, 1);
        SettingRanges.requirePositive("the time to search back", searchBack);
        SettingRanges.requireAtLeast("requests for an accessory", requestsPerAccessory, 1);
        SettingRanges.requireNotNegative("the pause between renewals", renewalPause);
    }

    /** Begins settings with the values of {@link #DEFAULT}. */
    public static Builder builder() {
        return DEFAULT.toBuilder();
    }

    /** Begins settings with these values. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Collects settings; {@link ClientSettings} says what each means. Not thread-safe. */
    public static final class Builder {

        private FetchProtocol protocol;
        private int idsPerRequest;
        private int parallelRequests;
        private Duration searchBack;
        private int requestsPerAccessory;
        private Retry retry;
        private CoolDown coolDown;
        private Optional<RateLimit> rateLimit;
        private Duration renewalPause;

        private Builder(ClientSettings settings) {
            protocol = settings.protocol;
            idsPerRequest = settings.idsPerRequest;
            parallelRequests = settings.parallelRequests;
            searchBack = settings.searchBack;
            requestsPerAccessory = settings.requestsPerAccessory;
            retry = settings.retry;
            coolDown = settings.coolDown;
            rateLimit = settings.rateLimit;
            renewalPause = settings.renewalPause;
        }

        /** The interface of the report service. */
        public Builder protocol(FetchProtocol value) {
            protocol = value;
            return this;
        }

        /** How many keys one request asks for at most, 8 … 290. */
        public Builder idsPerRequest(int value) {
            idsPerRequest = value;
            return this;
        }

        /** How many requests may be under way at once. */
        public Builder parallelRequests(int value) {
            parallelRequests = value;
            return this;
        }

        /** How far back {@link FindMyClient#latest} looks. */
        public Builder searchBack(Duration value) {
            searchBack = value;
            return this;
        }

        /** How many requests one search for one accessory may take. */
        public Builder requestsPerAccessory(int value) {
            requestsPerAccessory = value;
            return this;
        }

        /** What is asked again at once. */
        public Builder retry(Retry value) {
            retry = value;
            return this;
        }

        /** When the service is left alone for a while. */
        public Builder coolDown(CoolDown value) {
            coolDown = value;
            return this;
        }

        /** Limits the requests in a period. */
        public Builder rateLimit(RateLimit value) {
            rateLimit = Optional.of(value);
            return this;
        }

        /** Removes the limit, for a caller that limits the requests itself. */
        public Builder withoutRateLimit() {
            rateLimit = Optional.empty();
            return this;
        }

        /** The smallest gap between two sign-ins that the client makes by itself. */
        public Builder renewalPause(Duration value) {
            renewalPause = value;
            return this;
        }

        /**
         * The settings.
         *
         * @throws IllegalArgumentException if a value is out of its range
         */
        public ClientSettings build() {
            return new ClientSettings(
                    protocol,
                    idsPerRequest,
                    parallelRequests,
                    searchBack,
                    requestsPerAccessory,
                    retry,
                    coolDown,
                    rateLimit,
                    renewalPause);
        }
    }
}
