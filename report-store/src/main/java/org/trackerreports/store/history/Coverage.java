package org.trackerreports.store.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How well a tracker was seen in a time.
 *
 * @param reportCount reports in it
 * @param hoursWithReports hours of the clock, in UTC, in which it was seen
 * @param hours hours of the clock that the time touches
 * @param daysWithReports UTC days on which it was seen
 * @param first its first sighting
 * @param last its last sighting
 * @param gaps the times of at least the asked length without a sighting, in order, those at both ends included
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

    /** A time without a sighting. */
    public record Gap(Instant from, Instant to) {

        public Duration length() {
            return Duration.between(from, to);
        }
    }

    /** The share of hours in which it was seen, 0 to 1. */
    public double share() {
        return hours == 0 ? 0 : (double) hoursWithReports / hours;
    }

    /** The longest of the gaps. */
    public Optional<Gap> longestGap() {
        return gaps.stream().max(Comparator.comparing(Gap::length));
    }
}
