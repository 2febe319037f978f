package org.trackerreports.queue;

import java.time.Duration;
import java.util.Objects;

/**
 * How many requests may be made. Within any stretch of time as long as the period there are never more than the most.
 *
 * @param smallestGap the least time between two requests, whoever makes them; 0 for none, up to 1 day
 * @param mostPerPeriod 1 to 100,000
 * @param period 1 second to 31 days
 * @param reserveForHand how many of these are left for requests by hand: others stop that many earlier; less than the most
 * @param longestRequest 0: the gap counts from the grant. Longer: it counts from the {@linkplain RequestBudgets#ended end} of the
 *     request, so that the gap also holds where the request arrives; nothing is granted meanwhile. A request whose end nobody
 *     tells counts as ended after this long. Up to 1 hour
 */
public record BudgetRule(
        Duration smallestGap, int mostPerPeriod, Duration period, int reserveForHand, Duration longestRequest) {

    /** A rule whose gap counts from the grant. */
    public BudgetRule(Duration smallestGap, int mostPerPeriod, Duration period, int reserveForHand) {
        this(smallestGap, mostPerPeriod, period, reserveForHand, Duration.ZERO);
    }

    public BudgetRule {
        Objects.requireNonNull(longestRequest, "longestRequest");
        if (longestRequest.isNegative() || longestRequest.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("longestRequest is " + longestRequest + "; give PT0S to PT1H");
        }
        Objects.requireNonNull(smallestGap, "smallestGap");
        Objects.requireNonNull(period, "period");
        if (smallestGap.isNegative() || smallestGap.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("smallestGap is " + smallestGap + "; give PT0S to PT24H");
        }
        if (mostPerPeriod < 1 || mostPerPeriod > 100_000) {
            throw new IllegalArgumentException("mostPerPeriod is " + mostPerPeriod + "; give 1 to 100000");
        }
        if (period.compareTo(Duration.ofSeconds(1)) < 0 || period.compareTo(Duration.ofDays(31)) > 0) {
            throw new IllegalArgumentException("period is " + period + "; give PT1S to P31D");
        }
        if (reserveForHand < 0 || reserveForHand >= mostPerPeriod) {
            throw new IllegalArgumentException("reserveForHand is " + reserveForHand + "; give 0 to "
                    + (mostPerPeriod - 1) + ", less than mostPerPeriod");
        }
    }
}
