package org.trackerreports.store.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trackerreports.store.server.StoreFixture.newKey;
import static org.trackerreports.store.server.StoreFixture.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.StoredReport;
import org.trackerreports.store.server.ServerKind;
import org.trackerreports.store.server.StoreFixture;

@ParameterizedClass
@EnumSource(ServerKind.class)
class HistoryBucketsTest extends HistoryOnEveryServer {

    /** Late reports in random order over ten days; hours and days of every confidence must be what the reports themselves say. */
    @Test
    void givesExactlyWhatTheReportsSayForEveryMinimumConfidence() {
        Random random = new Random(5);
        String key = newKey();
        long tracker = fixture.addTracker("random", key);
        Instant start = DAY.minus(Duration.ofDays(5));
        for (int round = 0; round < 3; round++) {
            List<NewReport> batch = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Instant time = start.plusSeconds(60L * random.nextInt(10 * 24 * 60));
                batch.add(report(
                        key,
                        time,
                        random.nextInt(1800) / 10.0 - 90,
                        random.nextInt(3600) / 10.0 - 180,
                        random.nextInt(4)));
            }
            fixture.store.reports().insert(batch, List.of());
            history().refresh();
        }
        HistoryQuery all = HistoryQuery.of(tracker, start, start.plus(Duration.ofDays(11)));
        for (int confidence = 0; confidence <= 4; confidence++) {
            HistoryQuery query = all.withMinimumConfidence(confidence);
            List<StoredReport> reports = history().reports(query);
            assertThat(history().hours(query))
                    .isEqualTo(bucketsOf(tracker, reports, ChronoUnit.HOURS, ZoneId.of("UTC")));
            assertThat(history().days(query)).isEqualTo(bucketsOf(tracker, reports, ChronoUnit.DAYS, ZoneId.of("UTC")));
            for (String zone : List.of("Europe/Berlin", "Asia/Kolkata", "America/New_York", "+02:00", "-03:30")) {
                HistoryQuery local = query.inZone(ZoneId.of(zone));
                assertThat(history().days(local))
                        .as("days in %s", zone)
                        .isEqualTo(bucketsOf(tracker, reports, ChronoUnit.DAYS, ZoneId.of(zone)));
                assertThat(history().hours(local))
                        .as("hours in %s", zone)
                        .isEqualTo(bucketsOf(tracker, reports, ChronoUnit.HOURS, ZoneId.of(zone)));
            }
        }
    }

    /** Written apart from the SQL: groups by time, and takes the last report of each group as it was given in order. */
    private static List<HistoryBucket> bucketsOf(
            long tracker, List<StoredReport> reports, ChronoUnit unit, ZoneId zone) {
        Map<Instant, List<StoredReport>> groups = new LinkedHashMap<>();
        for (StoredReport report : reports) {
            groups.computeIfAbsent(
                            report.timestamp().atZone(zone).truncatedTo(unit).toInstant(), start -> new ArrayList<>())
                    .add(report);
        }
        return groups.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(group -> {
                    StoredReport latest = group.getValue().get(group.getValue().size() - 1);
                    return new HistoryBucket(
                            tracker,
                            group.getKey(),
                            group.getValue().size(),
                            group.getValue().get(0).timestamp(),
                            latest.timestamp(),
                            latest.content().position().orElseThrow(),
                            latest.content().confidence(),
                            latest.content().horizontalAccuracy(),
                            latest.hashedAdvKey(),
                            latest.content().nearestCity(),
                            !latest.content().flags().isEmpty());
                })
                .toList();
    }

    /** Also where midnight occurs twice, or does not exist, and for names that no server knows. */
    @Test
    void beginsTheDaysOfEveryZoneWhereJavaBeginsThem() {
        String key = newKey();
        long tracker = fixture.addTracker("zones", key);
        // Every hour around the days on which zones change their offset in 2026, and on which Brazil and Egypt had no
        // midnight.
        for (String range : List.of(
                "2018-11-01,2018-11-09",
                "2023-04-25,2023-05-02",
                "2026-03-05,2026-04-27",
                "2026-09-03,2026-09-09",
                "2026-09-25,2026-11-03")) {
            String[] ends = range.split(",");
            fixture.execute("INSERT INTO location_reports (hashed_adv_key, timestamp, location, confidence) SELECT '"
                    + key
                    + "', hour + interval '1 minute', location_of(1, 2), 3 FROM generate_series(timestamptz '" + ends[0]
                    + " UTC', timestamptz '" + ends[1] + " UTC', interval '1 hour') hour");
        }
        StoreFixture.refreshAsOf(fixture, Instant.parse("2027-01-02T00:00:00Z"));
        NamelessZones.register();
        List<StoredReport> reports = history()
                .reports(HistoryQuery.of(
                                tracker, Instant.parse("2018-01-01T00:00:00Z"), Instant.parse("2028-01-01T00:00:00Z"))
                        .withFlags(FlagFilter.WITH));
        Set<ZoneRules> seen = new HashSet<>();
        List<String> named = List.of(
                "America/Havana",
                "Atlantic/Azores",
                "America/Sao_Paulo",
                "Africa/Cairo",
                "Asia/Beirut",
                "America/Asuncion",
                "Australia/Lord_Howe",
                NamelessZones.ID);
        Set<String> zones = new LinkedHashSet<>(named);
        if (kind == ServerKind.PLAIN) {
            zones.addAll(new TreeSet<>(ZoneId.getAvailableZoneIds()));
        }
        for (String id : zones) {
            ZoneId zone = ZoneId.of(id);
            if (!seen.add(zone.getRules())) {
                continue;
            }
            HistoryQuery query = HistoryQuery.of(
                            tracker, Instant.parse("2018-01-01T00:00:00Z"), Instant.parse("2028-01-01T00:00:00Z"))
                    .withFlags(FlagFilter.WITH)
                    .inZone(zone);
            Map<Instant, Long> expected = new TreeMap<>();
            for (StoredReport report : reports) {
                Instant midnight = LocalDate.ofInstant(report.timestamp(), zone)
                        .atStartOfDay(zone)
                        .toInstant();
                expected.merge(midnight, 1L, Long::sum);
            }
            Map<Instant, Long> days = new TreeMap<>();
            history().forEachDay(query, day -> days.put(day.start(), day.reportCount()));
            assertThat(days).as(id).isEqualTo(expected);
        }
    }
}
