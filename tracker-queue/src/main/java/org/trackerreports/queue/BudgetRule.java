package org.trackerreports.queue;

import java.time.Duration;
import java.util.Objects;

/**
 * How many requests may be made. Within any stretch of time as long as the period there are never more than the most.
 *
 * @param minGap the least time between two requests, whoever makes them; 0 for none, up to 1 day
 * @param maxPerPeriod 1 to 100,000
 * @param period 1 second to 31 days
 * @param manualReserve how many of these are left for requests by hand: others stop that many earlier; less than the most
 * @param maxRequestTime 0: the gap counts from the grant. Longer: it counts from the {@linkplain RequestBudgets#completed end} of the
 *     request, so that the gap also holds where the request arrives; nothing is granted meanwhile. A request whose end nobody
 *     tells counts as ended after this long. Up to 1 hour
 */
public record BudgetRule(
        Duration minGap, int maxPerPeriod, Duration period, int manualReserve, Duration maxRequestTime) {

    /** A rule whose gap counts from the grant. */
    public BudgetRule(Duration minGap, int maxPerPeriod, Duration period, int manualReserve) {
        this(minGap, maxPerPeriod, period, manualReserve, Duration.ZERO);
    }

    public BudgetRule {
        Objects.requireNonNull(maxRequestTime, "maxRequestTime");
        if (maxRequestTime.isNegative() || maxRequestTime.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("maxRequestTime is " + maxRequestTime + "; give PT0S to PT1H");
        }
        Objects.requireNonNull(minGap, "minGap");
        Objects.requireNonNull(period, "period");
        if (minGap.isNegative() || minGap.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("minGap is " + minGap + "; give PT0S to PT24H");
        }
        if (maxPerPeriod < 1 || maxPerPeriod > 100_000) {
            throw new IllegalArgumentException("maxPerPeriod is " + maxPerPeriod + "; give 1 to 100000");
        }
        if (period.compareTo(Duration.ofSeconds(1)) < 0 || period.compareTo(Duration.ofDays(31)) > 0) {
            throw new IllegalArgumentException("period is " + period + "; give PT1S to P31D");
        }
        if (manualReserve < 0 || manualReserve >= maxPerPeriod) {
            throw new IllegalArgumentException("manualReserve is " + manualReserve + "; give 0 to " + (maxPerPeriod - 1)
                    + ", less than maxPerPeriod");
        }
    }
}
