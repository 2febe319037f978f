package org.trackerreports.store.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How often a tracker was seen in a period.
 *
 * @param reportCount number of reports
 * @param hoursWithReports number of clock hours (UTC) with reports
 * @param hours number of clock hours that the period touches
 * @param daysWithReports number of days with reports, in the zone of the query
 * @param first time of the first report
 * @param last time of the latest report
 * @param gaps periods without a report that have at least the requested length, in order, including those at both ends
 */
public record Coverage(
        long reportCount,
        long hoursWithReports,
        long hours,
        long daysWithReports,
        Optional<Instant> first,
        Optional<Instant> last,
        List<Gap> gaps) {

    public Coverage {
        gaps = List.copyOf(gaps);
    }

    /** A period without a report. */
    public record Gap(Instant from, Instant to) {

        public Duration length() {
            return Duration.between(from, to);
        }
    }

    /** The share of hours with reports, 0 to 1. */
    public double share() {
        return hours == 0 ? 0 : (double) hoursWithReports / hours;
    }

    /** The longest gap. */
    public Optional<Gap> longestGap() {
        return gaps.stream().max(Comparator.comparing(Gap::length));
    }
}
