package org.trackerreports.store.internal.history;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trackerreports.store.history.FlagFilter;
import org.trackerreports.store.history.HistoryBucket;
import org.trackerreports.store.history.HistoryQuery;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.report.Position;

/**
 * Reads hours or days. The views have one row per confidence, so that a query can choose any minimum; this query merges the rows of a
 * bucket into one, which shows the latest of them.
 *
 * <p>Hours and days of a zone are made from UTC hours if its offset is a whole number of hours, and from reports otherwise. The server gets
 * the offsets of the zone, never its name: it may not know the name, have other rules for it, or begin a day at the second of two midnights.
 */
final class BucketQuery {

    private static final String OFFSET =
            "make_interval(secs => (?::text::integer[])[width_bucket(bucket, ?::text::timestamptz[]) + 1])";
    private static final String REPORTS = "(SELECT tracker_id, \"timestamp\" AS bucket, confidence,"
            + " cardinality(wrong_flags) > 0 AS marked, uncertain_flags IS NOT NULL AS uncertain, 1 AS report_count, \"timestamp\" AS first_time, \"timestamp\" AS last_time,"
            + " location, horizontal_accuracy, hashed_adv_key, nearest_city,"
            + " timestamptz_send(\"timestamp\") || uuid_send(digest) AS latest_order"
            + " FROM location_reports WHERE tracker_id IS NOT NULL AND location IS NOT NULL)";
    private static final int SECONDS_OF_HOUR = 3_600;

    private final HistoryQuery query;
    private final ZoneRules rules;
    private final ChronoUnit unit;
    private final Instant from;
    private final Instant to;
    private final OptionalInt limit;

    /** Reads the buckets that the range of the query touches, each complete. */
    BucketQuery(HistoryQuery query, ChronoUnit unit) {
        this(query, unit, OptionalInt.empty());
    }

    private BucketQuery(HistoryQuery query, ChronoUnit unit, OptionalInt limit) {
        this.limit = limit;
        this.query = query;
        this.rules = query.zone().getRules();
        this.unit = unit;
        this.from = start(query.from());
        Instant last = start(query.to());
        this.to = last.equals(query.to()) ? last : next(last);
    }

    /** Reads only so many of them. */
    BucketQuery first(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("the limit is " + most + "; it must be 1 or more");
        }
        return new BucketQuery(query, unit, OptionalInt.of(most));
    }

    Sql on(Connection connection) {
        String filter = (query.trackerIds().isEmpty() ? "" : "AND tracker_id = ANY (?)")
                + switch (query.flags()) {
                    case WITHOUT -> " AND NOT marked";
                    case WITH -> "";
                    case ONLY -> " AND (marked OR uncertain)";
                };
        List<Object> parameters = new ArrayList<>(offsets());
        parameters.addAll(List.of(from, to, query.minimumConfidence()));
        if (!query.trackerIds().isEmpty()) {
            parameters.add(ArrayOf.bigints(query.trackerIds()));
        }
        limit.ifPresent(parameters::add);
        String sql = """
            SELECT DISTINCT ON (tracker_id, start) tracker_id, start, sum(report_count) OVER w AS report_count,
                   min(first_time) OVER w AS first_time, max(last_time) OVER w AS last_time,
                   location_latitude(location) AS latitude, location_longitude(location) AS longitude, confidence,
                   horizontal_accuracy, hashed_adv_key, nearest_city, marked
              FROM (SELECT *, %s AS start FROM %s source
                     WHERE bucket >= ? AND bucket < ? AND confidence >= ? %s) s
            WINDOW w AS (PARTITION BY tracker_id, start)
             ORDER BY tracker_id, start, latest_order DESC""".formatted(startExpression(), source(), filter);
        return Sql.on(connection, sql + (limit.isPresent() ? " LIMIT ?" : ""), parameters.toArray());
    }

    HistoryBucket read(ResultSet row) throws SQLException {
        return new HistoryBucket(
                row.getLong("tracker_id"),
                startOf(row),
                row.getLong("report_count"),
                Sql.instant(row, "first_time"),
                Sql.instant(row, "last_time"),
                new Position(row.getDouble("latitude"), row.getDouble("longitude")),
                row.getInt("confidence"),
                Sql.optionalDouble(row, "horizontal_accuracy"),
                row.getString("hashed_adv_key"),
                Optional.ofNullable(row.getString("nearest_city")),
                query.flags() == FlagFilter.ONLY || row.getBoolean("marked"));
    }

    private String source() {
        if (isFromReports()) {
            return REPORTS;
        }
        return unit == ChronoUnit.DAYS && isUtc() ? "location_history_daily" : "location_history_hourly";
    }

    /** The bucket of UTC; otherwise the date in the zone, or the time of the hour. */
    private String startExpression() {
        if (isUtc()) {
            return isFromReports()
                    ? "date_trunc('" + (unit == ChronoUnit.DAYS ? "day" : "hour") + "', bucket, 'UTC')"
                    : "bucket";
        }
        String local = "bucket AT TIME ZONE 'UTC' + " + OFFSET;
        return unit == ChronoUnit.DAYS
                ? "(" + local + ")::date"
                : "(date_trunc('hour', " + local + ") - " + OFFSET + ") AT TIME ZONE 'UTC'";
    }

    private Instant startOf(ResultSet row) throws SQLException {
        return unit == ChronoUnit.DAYS && !isUtc()
                ? row.getObject("start", LocalDate.class)
                        .atStartOfDay(query.zone())
                        .toInstant()
                : Sql.instant(row, "start");
    }

    /** The parameters of {@link #startExpression}: the offsets in the range, and the times at which they change. */
    private List<String> offsets() {
        if (isUtc()) {
            return List.of();
        }
        String seconds = Stream.concat(
                        Stream.of(rules.getOffset(from)), changes().stream().map(ZoneOffsetTransition::getOffsetAfter))
                .map(offset -> Integer.toString(offset.getTotalSeconds()))
                .collect(Collectors.joining(",", "{", "}"));
        String times = changes().stream()
                .map(change -> change.getInstant().toString())
                .collect(Collectors.joining(",", "{", "}"));
        return unit == ChronoUnit.DAYS ? List.of(seconds, times) : List.of(seconds, times, seconds, times);
    }

    private List<ZoneOffsetTransition> changes() {
        return Stream.iterate(
                        rules.nextTransition(from),
                        change -> change != null && change.getInstant().isBefore(to),
                        change -> rules.nextTransition(change.getInstant()))
                .toList();
    }

    private boolean isUtc() {
        return query.zone().normalized().equals(ZoneOffset.UTC);
    }

    /** Hours and days tell wrong positions from others, but not uncertain ones, so that these are looked for in the reports. */
    private boolean isFromReports() {
        return query.flags() == FlagFilter.ONLY || !isMadeFromHours();
    }

    private boolean isMadeFromHours() {
        return isFullHour(rules.getOffset(from))
                && changes().stream()
                        .allMatch(change ->
                                isFullHour(change.getOffsetAfter()) && change.toEpochSecond() % SECONDS_OF_HOUR == 0);
    }

    private static boolean isFullHour(ZoneOffset offset) {
        return offset.getTotalSeconds() % SECONDS_OF_HOUR == 0;
    }

    private Instant start(Instant instant) {
        ZonedDateTime time = instant.atZone(query.zone());
        return unit == ChronoUnit.DAYS
                ? time.toLocalDate().atStartOfDay(query.zone()).toInstant()
                : time.toOffsetDateTime().truncatedTo(ChronoUnit.HOURS).toInstant();
    }

    private Instant next(Instant start) {
        return unit == ChronoUnit.DAYS
                ? start.atZone(query.zone())
                        .toLocalDate()
                        .plusDays(1)
                        .atStartOfDay(query.zone())
                        .toInstant()
                : start.plus(1, ChronoUnit.HOURS);
    }
}
