package org.trackerreports.benchmarks.reading;

/** The statements that make an {@link Archive}. */
final class ArchiveStatements {

    private static final String COLUMNS =
            "INSERT INTO location_reports (hashed_adv_key, \"timestamp\", location, confidence, horizontal_accuracy,"
                    + " nearest_city, tracker_id, status, payload, received_at, digest) ";

    /** Rows like the store's own: t a tracker, h an hour, i one of its quarters, w something that varies. Hashes do not compress, like payloads. */
    private static final String REPORTS = COLUMNS + """
            SELECT encode(k, 'base64'), at,
                   location_of((t * 6180339887 %% 10000000000)::float8 / 1e10 * 140 - 70 + w * 1e-3::float8,
                               (t * 7548776662 %% 10000000000)::float8 / 1e10 * 360 - 180 + w * 2e-3::float8),
                   1 + (t + h + h / 33) %% 3, 10 + w %% 90, 'Berlin, DE', t, 32, p || sha256(p) || substr(k, 1, 24),
                   at + interval '20 minutes', encode(substr(p, 1, 16), 'hex')::uuid
              FROM (SELECT t, h, w, sha256(int8send(t)) AS k, sha256(int8send(t) || int8send(h * 4 + i)) AS p,
                           %s - make_interval(hours => (745 - h)::int) + i * interval '15 minutes' + t %% 900 * interval '1 second' AS at
                      FROM (SELECT t, h, i, (t * 31 + h * 7 + i) %% 97 AS w
                              FROM generate_series(%d::bigint, %d::bigint) h CROSS JOIN LATERAL (
                                   SELECT t, i FROM generate_series(1::bigint, %d::bigint) t, unnest('{0,2}'::bigint[]) i WHERE h > 1
                                   UNION ALL
                                   SELECT t, i FROM generate_series(%d::bigint + (h + 33 - %d %% 33) %% 33, %d::bigint, 33) t,
                                          generate_series(0::bigint, CASE WHEN h / 33 = 21 THEN 1 ELSE 3 END) i
                                    WHERE h < 726) s) r
                    OFFSET 0) x""";

    /** The newest report of each tracker, as the judge chooses it. */
    static final String LATEST = """
            INSERT INTO latest_positions
            SELECT r.tracker_id, r."timestamp", r.digest, r.hashed_adv_key, r.location, r.confidence, r.horizontal_accuracy, r.nearest_city,
                   r.status, r.uncertain_flags, r.received_at
              FROM trackers t
             CROSS JOIN LATERAL (SELECT * FROM location_reports r WHERE r.tracker_id = t.id AND r.confidence >= 2
                                  ORDER BY r."timestamp" DESC, r.horizontal_accuracy, r.digest DESC LIMIT 1) r""";

    /** Reports, and the hours and days of their history as the store makes them, so the reports are whole days of a tracker. */
    private static final String WITH_HISTORY = """
            WITH stored AS (%s RETURNING *),
            hours AS (
                INSERT INTO location_history_hourly
                SELECT DISTINCT ON (tracker_id, hour, confidence) tracker_id, hour, confidence, false, count(*) OVER w,
                       min("timestamp") OVER w, max("timestamp") OVER w, location, horizontal_accuracy, hashed_adv_key, nearest_city,
                       latest_order
                  FROM (SELECT *, date_trunc('hour', "timestamp", 'UTC') AS hour,
                               timestamptz_send("timestamp") || uuid_send(digest) AS latest_order
                          FROM stored) r
                WINDOW w AS (PARTITION BY tracker_id, hour, confidence)
                 ORDER BY tracker_id, hour, confidence, latest_order DESC
                RETURNING *)
            INSERT INTO location_history_daily
            SELECT DISTINCT ON (tracker_id, day, confidence) tracker_id, day, confidence, false, sum(report_count) OVER w,
                   min(first_time) OVER w, max(last_time) OVER w, location, horizontal_accuracy, hashed_adv_key, nearest_city,
                   latest_order
              FROM (SELECT *, date_trunc('day', bucket, 'UTC') AS day FROM hours) h
            WINDOW w AS (PARTITION BY tracker_id, day, confidence)
             ORDER BY tracker_id, day, confidence, latest_order DESC""";

    private ArchiveStatements() {}

    /** The reports of some whole days, and their history. */
    static String days(int trackers, int busy, String end, int firstHour, int lastHour) {
        return WITH_HISTORY.formatted(REPORTS.formatted(end, firstHour, lastHour, busy, busy + 1, busy + 1, trackers));
    }

    /** A tracker with a report each half hour for years, and its history. */
    static String longHistory(long tracker, int reports, String end) {
        String rows = COLUMNS + """
                SELECT encode(sha256(int8send(%1$d)), 'base64'), at, location_of(52 + n %% 97 * 1e-3::float8, 13 + n %% 89 * 1e-3::float8),
                       2 + n %% 2, 10 + n %% 90, 'Berlin, DE', %1$d, 32, p || sha256(p) || substr(p, 1, 24), at + interval '20 minutes',
                       encode(substr(p, 1, 16), 'hex')::uuid
                  FROM (SELECT n, %2$s - n * interval '30 minutes' AS at, sha256(int8send(-n)) AS p
                          FROM generate_series(1::bigint, %3$d::bigint) n OFFSET 0) x""".formatted(tracker, end, reports);
        return WITH_HISTORY.formatted(rows);
    }
}
