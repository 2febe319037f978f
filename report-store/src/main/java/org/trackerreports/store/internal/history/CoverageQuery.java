package org.trackerreports.store.internal.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trackerreports.store.history.Coverage;
import org.trackerreports.store.history.HistoryBucket;
import org.trackerreports.store.history.HistoryQuery;

/**
 * Computes the coverage from the hours, which are kept longer than the reports. A gap of an hour or more always lies between the last
 * report of one hour and the first report of a later one, so no gap is missed.
 */
final class CoverageQuery {

    static final Duration MIN_GAP = Duration.ofHours(1);

    private final HistoryQuery query;
    private final Duration minimumGap;
    private final Set<LocalDate> days = new HashSet<>();
    private final List<Coverage.Gap> gaps = new ArrayList<>();
    private long reports;
    private long hours;
    private Optional<Instant> first = Optional.empty();
    private Optional<Instant> last = Optional.empty();

    /**
     * A query for one connection.
     *
     * @param query days are counted in its zone
     */
    CoverageQuery(HistoryQuery query, Duration minimumGap) {
        this.query = query;
        this.minimumGap = minimumGap;
    }

    Coverage on(Connection connection) throws SQLException {
        BucketQuery seen = new BucketQuery(query.inZone(ZoneOffset.UTC), ChronoUnit.HOURS);
        seen.on(connection).forEach(row -> add(seen.read(row)));
        addGap(query.to());
        Instant start = query.from().truncatedTo(ChronoUnit.HOURS);
        Instant end = query.to().truncatedTo(ChronoUnit.HOURS);
        long allHours = ChronoUnit.HOURS.between(start, end) + (end.equals(query.to()) ? 0 : 1);
        return new Coverage(reports, hours, allHours, days.size(), first, last, gaps);
    }

    private void add(HistoryBucket hour) {
        reports += hour.reportCount();
        hours++;
        // An hour can belong to two days if the offset of the zone is not a whole number of hours.
        days.add(LocalDate.ofInstant(hour.firstTime(), query.zone()));
        days.add(LocalDate.ofInstant(hour.lastTime(), query.zone()));
        addGap(hour.firstTime());
        first = first.or(() -> Optional.of(hour.firstTime()));
        last = Optional.of(hour.lastTime());
    }

    private void addGap(Instant end) {
        Instant start = last.orElse(query.from());
        if (start.isBefore(end) && Duration.between(start, end).compareTo(minimumGap) >= 0) {
            gaps.add(new Coverage.Gap(start, end));
        }
    }
}
