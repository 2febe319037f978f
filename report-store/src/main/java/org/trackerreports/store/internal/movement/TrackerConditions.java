package org.trackerreports.store.internal.movement;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.trackerreports.store.feed.TrackerEvent;
import org.trackerreports.store.internal.inbox.Announcements;
import org.trackerreports.store.internal.inbox.Change;
import org.trackerreports.store.internal.sql.Sql;
import org.trackerreports.store.internal.sql.Sql.ArrayOf;
import org.trackerreports.store.internal.text.Digest;
import org.trackerreports.store.internal.text.Labels;
import org.trackerreports.store.movement.Judge;
import org.trackerreports.store.report.StoredReport;

/** What is known of trackers apart from their positions: when they were heard, whether they are silent, their battery. Not thread-safe. */
final class TrackerConditions {

    private record Condition(Optional<Instant> silentSince, Optional<String> battery, Optional<Instant> batteryTime) {

        static final Condition UNKNOWN = new Condition(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A battery class and the time of the report that shows it. */
    private record Battery(String level, Instant time) {}

    /** A tracker that has new reports, and whether it was silent before. */
    private record Heard(long tracker, Instant received, boolean again, Optional<Battery> battery) {}

    private final Connection connection;
    private final Map<Long, Battery> batteries = new HashMap<>();
    private final List<Long> trackers = new ArrayList<>();
    private final List<UUID> ids = new ArrayList<>();

    TrackerConditions(Connection connection) {
        this.connection = connection;
    }

    int events() {
        return ids.size();
    }

    /** Notes the battery that the newest report with one shows. */
    void sawNewest(long tracker, List<StoredReport> reports, Judge judge) {
        for (int i = reports.size() - 1; i >= 0; i--) {
            Optional<String> level = judge.battery(reports.get(i));
            if (level.isPresent()) {
                batteries.put(tracker, new Battery(level.get(), reports.get(i).timestamp()));
                return;
            }
        }
    }

    /** Writes what changed for these trackers. */
    void write(Map<Long, ChangedRange> ranges) throws SQLException {
        Map<Long, Condition> known = known(List.copyOf(ranges.keySet()));
        List<Heard> heard = new ArrayList<>();
        for (Map.Entry<Long, ChangedRange> entry : ranges.entrySet()) {
            long tracker = entry.getKey();
            Condition before = known.getOrDefault(tracker, Condition.UNKNOWN);
            Instant received = entry.getValue().received();
            Optional<Battery> battery = Optional.ofNullable(batteries.get(tracker))
                    .filter(seen -> before.batteryTime().isEmpty()
                            || seen.time().isAfter(before.batteryTime().get()));
            boolean heardAgain = before.silentSince().isPresent()
                    && received.isAfter(before.silentSince().get());
            if (heardAgain) {
                Duration gap = Duration.between(before.silentSince().get(), received);
                record(
                        tracker,
                        TrackerEvent.Type.HEARD_AGAIN,
                        received,
                        Map.of("silent_seconds", Long.toString(gap.toSeconds())));
            }
            if (battery.isPresent()
                    && before.battery().isPresent()
                    && !before.battery().get().equals(battery.get().level())) {
                record(
                        tracker,
                        TrackerEvent.Type.BATTERY_CHANGED,
                        battery.get().time(),
                        Map.of(
                                "battery",
                                battery.get().level(),
                                "before",
                                before.battery().get()));
            }
            heard.add(new Heard(tracker, received, heardAgain, battery));
        }
        save(heard);
        announce();
    }

    private Map<Long, Condition> known(List<Long> ids) throws SQLException {
        Map<Long, Condition> known = new HashMap<>();
        Sql.on(
                        connection,
                        "SELECT tracker_id, silent_since, battery, battery_time FROM tracker_conditions WHERE tracker_id = ANY (?)",
                        ArrayOf.bigints(ids))
                .forEach(row -> known.put(
                        row.getLong("tracker_id"),
                        new Condition(
                                Sql.optionalInstant(row, "silent_since"),
                                Optional.ofNullable(row.getString("battery")),
                                Sql.optionalInstant(row, "battery_time"))));
        return known;
    }

    /** In one statement: one for each tracker would cost more than to judge its reports. */
    private void save(List<Heard> all) throws SQLException {
        Sql.on(
                        connection,
                        """
                        INSERT INTO tracker_conditions AS c (tracker_id, heard_at, battery, battery_time)
                        SELECT * FROM unnest(?::bigint[], ?::timestamptz[], ?::text[], ?::timestamptz[])
                        ON CONFLICT (tracker_id) DO UPDATE SET heard_at = greatest(c.heard_at, EXCLUDED.heard_at),
                           silent_since = CASE WHEN c.tracker_id = ANY (?) THEN NULL ELSE c.silent_since END,
                           battery = coalesce(EXCLUDED.battery, c.battery),
                           battery_time = coalesce(EXCLUDED.battery_time, c.battery_time)""",
                        ArrayOf.bigints(all.stream().map(Heard::tracker).toList()),
                        column(
                                "timestamptz",
                                all,
                                heard -> heard.received().equals(Instant.EPOCH) ? null : heard.received()),
                        column(
                                "text",
                                all,
                                heard -> heard.battery().map(Battery::level).orElse(null)),
                        column(
                                "timestamptz",
                                all,
                                heard -> heard.battery().map(Battery::time).orElse(null)),
                        ArrayOf.bigints(all.stream()
                                .filter(Heard::again)
                                .map(Heard::tracker)
                                .toList()))
                .update();
    }

    private static ArrayOf column(String type, List<Heard> all, Function<Heard, @Nullable Object> value) {
        return new ArrayOf(
                type,
                all.stream()
                        .map(heard -> {
                            Object one = value.apply(heard);
                            return one == null ? null : one.toString();
                        })
                        .toArray());
    }

    /**
     * Records that trackers have fallen silent.
     *
     * @return how many
     */
    int findSilent(Duration usually) throws SQLException {
        // The label counts only if it is a plain number of hours, or one with an h.
        Map<Long, Instant> silent = new HashMap<>();
        Sql.on(connection, """
                        SELECT c.tracker_id, c.heard_at
                          FROM tracker_conditions c
                          JOIN trackers t ON t.id = c.tracker_id AND t.enabled
                          JOIN tracker_answers a ON a.tracker_id = c.tracker_id
                         CROSS JOIN LATERAL (SELECT CASE WHEN t.labels->>'silent_after' ~ '^[0-9]{1,5}h?$'
                                                         THEN make_interval(hours => rtrim(t.labels->>'silent_after', 'h')::integer)
                                                         ELSE make_interval(secs => ?) END AS allowed) s
                         WHERE c.silent_since IS NULL AND c.heard_at < now() - s.allowed AND a.answered_at >= c.heard_at + s.allowed
                         ORDER BY c.tracker_id LIMIT 10000""", usually.toSeconds())
                .forEach(row -> silent.put(row.getLong("tracker_id"), Sql.instant(row, "heard_at")));
        for (Map.Entry<Long, Instant> entry : silent.entrySet()) {
            record(entry.getKey(), TrackerEvent.Type.SILENT, entry.getValue(), Map.of());
        }
        Sql.on(
                        connection,
                        "UPDATE tracker_conditions SET silent_since = heard_at WHERE tracker_id = ANY (?)",
                        ArrayOf.bigints(silent.keySet()))
                .update();
        announce();
        return silent.size();
    }

    private void record(long tracker, TrackerEvent.Type type, Instant time, Map<String, String> data)
            throws SQLException {
        String cause = tracker + "|" + type.text() + "|" + time + "|";
        UUID id = Digest.of(cause.getBytes(StandardCharsets.UTF_8));
        int fresh = Sql.on(
                        connection,
                        "INSERT INTO tracker_events (id, tracker_id, type, event_time, recorded_at, data)"
                                + " VALUES (?, ?, ?, ?, now(), ?::jsonb) ON CONFLICT DO NOTHING",
                        id,
                        tracker,
                        type.text(),
                        time,
                        Labels.toJson(data))
                .update();
        if (fresh == 1) {
            trackers.add(tracker);
            ids.add(id);
        }
    }

    private void announce() throws SQLException {
        Announcements.judged(connection, Change.EVENTS, trackers, List.of(), ids, List.of());
    }
}
