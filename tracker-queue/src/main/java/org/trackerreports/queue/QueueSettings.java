package org.trackerreports.queue;

import java.time.Duration;
import java.util.Objects;

/**
 * The settings of a queue. All instances that share a queue should use the same.
 *
 * @param prefix the name under which everything is kept in Redis, as keys {@code {prefix}:…}; 1 to 64 letters, digits,
 *     dots, underscores and hyphens. No other keys are touched.
 * @param interval the usual time between two turns of an id of priority 1; 1 second to 366 days
 * @param lease how long a worker may work on an id without {@linkplain TrackerQueue#extend(List) extending} its lease; 100 ms to 1
 *     day
 * @param heartbeatTimeout how long a worker may go without a heartbeat before its leases are reclaimed; 100 ms to 1 day. After Redis
 *     lost its data or was replaced, nothing is handed out for this long. Send heartbeats at least three times as often.
 * @param afterFailure how the wait grows with consecutive failures
 * @param parkAfterFailures after how many consecutive failures an id is parked: it has no turn before it is {@linkplain
 *     TrackerQueue#requeueNow requeued} or {@linkplain TrackerQueue#reconcileChanges changes}, and then one; up to 1000, 0 for never
 * @param afterNothingFound how the wait grows with consecutive successes that found nothing; {@link BackOff#NONE} for not at all
 * @param afterOtherFault the wait after a failure that is not the id's fault and is not counted; up to 1 day
 * @param callTimeout how long a call may take before it fails with {@link QueueUnavailableException}; 10 ms to 1 minute
 */
public record QueueSettings(
        String prefix,
        Duration interval,
        Duration lease,
        Duration heartbeatTimeout,
        BackOff afterFailure,
        int parkAfterFailures,
        BackOff afterNothingFound,
        Duration afterOtherFault,
        Duration callTimeout) {

    private static final Duration DAY = Duration.ofDays(1);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public QueueSettings {
        RedisNames.requirePrefix(prefix);
        Ranges.require("interval", interval, Duration.ofSeconds(1), Duration.ofDays(366));
        Ranges.require("lease", lease, Duration.ofMillis(100), DAY);
        Ranges.require("heartbeatTimeout", heartbeatTimeout, Duration.ofMillis(100), DAY);
        Objects.requireNonNull(afterFailure, "afterFailure");
        Ranges.require("parkAfterFailures", parkAfterFailures, 0, 1000);
        Objects.requireNonNull(afterNothingFound, "afterNothingFound");
        Ranges.require("afterOtherFault", afterOtherFault, Duration.ZERO, DAY);
        Ranges.require("callTimeout", callTimeout, Duration.ofMillis(10), Duration.ofMinutes(1));
    }

    /**
     * The defaults: interval 30 minutes, lease 10 minutes, heartbeat timeout 30 seconds. Failures double the wait up to 12 hours
     * with 20 % jitter and never park an id; nothing found does not change the wait; other faults wait 1 minute. Call timeout 2
     * seconds.
     */
    public static QueueSettings defaults(String prefix) {
        return new QueueSettings(
                prefix,
                Duration.ofMinutes(30),
                Duration.ofMinutes(10),
                Duration.ofSeconds(30),
                new BackOff(2, Duration.ofHours(12), 0.2),
                0,
                BackOff.NONE,
                Duration.ofMinutes(1),
                Duration.ofSeconds(2));
    }

    /** Begins settings with the {@linkplain #defaults defaults}. */
    public static Builder builder(String prefix) {
        return defaults(prefix).toBuilder();
    }

    /** Begins settings with these values. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Collects settings; {@link QueueSettings} says what each means. Not thread-safe. */
    public static final class Builder {

        private final String prefix;
        private Duration interval;
        private Duration lease;
        private Duration heartbeatTimeout;
        private BackOff afterFailure;
        private int parkAfterFailures;
        private BackOff afterNothingFound;
        private Duration afterOtherFault;
        private Duration callTimeout;

        private Builder(QueueSettings settings) {
            prefix = settings.prefix;
            interval = settings.interval;
            lease = settings.lease;
            heartbeatTimeout = settings.heartbeatTimeout;
            afterFailure = settings.afterFailure;
            parkAfterFailures = settings.parkAfterFailures;
            afterNothingFound = settings.afterNothingFound;
            afterOtherFault = settings.afterOtherFault;
            callTimeout = settings.callTimeout;
        }

        /** Sets {@link QueueSettings#interval()}. */
        public Builder interval(Duration value) {
            interval = value;
            return this;
        }

        /** Sets {@link QueueSettings#lease()}. */
        public Builder lease(Duration value) {
            lease = value;
            return this;
        }

        /** Sets {@link QueueSettings#heartbeatTimeout()}. */
        public Builder heartbeatTimeout(Duration value) {
            heartbeatTimeout = value;
            return this;
        }

        /** Sets {@link QueueSettings#afterFailure()}. */
        public Builder afterFailure(BackOff value) {
            afterFailure = value;
            return this;
        }

        /** Sets {@link QueueSettings#parkAfterFailures()}. */
        public Builder parkAfterFailures(int value) {
            parkAfterFailures = value;
            return this;
        }

        /** Sets {@link QueueSettings#afterNothingFound()}. */
        public Builder afterNothingFound(BackOff value) {
            afterNothingFound = value;
            return this;
        }

        /** Sets {@link QueueSettings#afterOtherFault()}. */
        public Builder afterOtherFault(Duration value) {
            afterOtherFault = value;
            return this;
        }

        /** Sets {@link QueueSettings#callTimeout()}. */
        public Builder callTimeout(Duration value) {
            callTimeout = value;
            return this;
        }

        /**
         * The settings.
         *
         * @throws IllegalArgumentException if one is out of its range
         */
        public QueueSettings build() {
            return new QueueSettings(
                    prefix,
                    interval,
                    lease,
                    heartbeatTimeout,
                    afterFailure,
                    parkAfterFailures,
                    afterNothingFound,
                    afterOtherFault,
                    callTimeout);
        }
    }
}
