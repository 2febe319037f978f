package org.trackerreports.queue;

import java.time.Duration;

/**
 * How many requests may be made. No stretch of time as long as the period ever holds more than the maximum.
 *
 * @param minGap the shortest time between two requests, whoever makes them; 0 for none, up to 1 day
 * @param maxPerPeriod 1 to 100,000
 * @param period 1 second to 31 days
 * @param manualReserve how many of these are reserved for manual requests: other requests stop that many earlier; 0 to less than
 *     the maximum
 * @param maxRequestTime with 0 the gap counts from the grant. Otherwise it counts from the {@linkplain RequestBudgets#completed end}
 *     of the request, so that the server sees the gap, too; nothing is granted while a request is under way. A request whose end
 *     is not reported counts as ended after this time. Up to 1 hour
 */
public record BudgetRule(
        Duration minGap, int maxPerPeriod, Duration period, int manualReserve, Duration maxRequestTime) {

    /** A rule whose gap counts from the grant. */
    public BudgetRule(Duration minGap, int maxPerPeriod, Duration period, int manualReserve) {
        this(minGap, maxPerPeriod, period, manualReserve, Duration.ZERO);
    }

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public BudgetRule {
        Ranges.require("minGap", minGap, Duration.ZERO, Duration.ofDays(1));
        Ranges.require("maxPerPeriod", maxPerPeriod, 1, 100_000);
        Ranges.require("period", period, Duration.ofSeconds(1), Duration.ofDays(31));
        if (manualReserve < 0 || manualReserve >= maxPerPeriod) {
            throw new IllegalArgumentException("manualReserve is " + manualReserve + "; give 0 to " + (maxPerPeriod - 1)
                    + ", less than maxPerPeriod");
        }
        Ranges.require("maxRequestTime", maxRequestTime, Duration.ZERO, Duration.ofHours(1));
    }
}
