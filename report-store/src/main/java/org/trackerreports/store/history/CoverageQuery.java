package org.trackerreports.store.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Works out coverage from the hours, which also know it when the reports themselves are gone. A gap of an hour or more always
 * lies between the last sighting of one hour and the first of a later one, so none is missed.
 */
final class CoverageQuery {

    static final Duration SHORTEST_GAP = Duration.ofHours(1);

    private CoverageQuery() {}

    /** @param zone whose days are counted */
    static Coverage ask(Connection connection, HistoryQuery query, ZoneId zone, Duration shortestGap)
            throws SQLException {
        long reports = 0;
        long hours = 0;
        Set<LocalDate> days = new HashSet<>();
        Instant first = null;
        Instant last = null;
        List<Coverage.Gap> gaps = new ArrayList<>();
        Instant seen = query.from();
        try (PreparedStatement statement = new BucketQuery(query, ChronoUnit.HOURS).prepare(connection);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                HistoryBucket hour = BucketQuery.read(row);
                reports += hour.reportCount();
                hours++;
                // An hour may belong to two days of a zone that is not whole hours away.
                days.add(LocalDate.ofInstant(hour.firstTime(), zone));
                days.add(LocalDate.ofInstant(hour.lastTime(), zone));
                first = first == null ? hour.firstTime() : first;
                last = hour.lastTime();
                addGap(gaps, seen, hour.firstTime(), shortestGap);
                seen = hour.lastTime();
            }
        }
        addGap(gaps, seen, query.to(), shortestGap);
        Instant firstHour = query.from().truncatedTo(ChronoUnit.HOURS);
        Instant end = query.to().truncatedTo(ChronoUnit.HOURS);
        long all = ChronoUnit.HOURS.between(firstHour, end) + (end.equals(query.to()) ? 0 : 1);
        return new Coverage(
                reports, hours, all, days.size(), Optional.ofNullable(first), Optional.ofNullable(last), gaps);
    }

    private static void addGap(List<Coverage.Gap> gaps, Instant from, Instant to, Duration shortest) {
        if (from.isBefore(to) && Duration.between(from, to).compareTo(shortest) >= 0) {
            gaps.add(new Coverage.Gap(from, to));
        }
    }
}
