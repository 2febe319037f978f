-- Makes the hours in touched_hours, and their days, again. Hours before keep_before stay as they are, because their
-- reports may have been removed. Returns the number of hours made again.
CREATE OR REPLACE FUNCTION refresh_location_history(keep_before timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    hours bigint;
BEGIN
    -- A temporary table writes to the catalogues, which an idle system need not do each minute.
    IF NOT EXISTS (SELECT FROM touched_hours) THEN
        RETURN 0;
    END IF;
    CREATE TEMPORARY TABLE refreshed_hours (tracker_id bigint, bucket timestamptz) ON COMMIT DROP;
    WITH taken AS (DELETE FROM touched_hours RETURNING tracker_id, bucket)
    INSERT INTO refreshed_hours SELECT DISTINCT tracker_id, bucket FROM taken WHERE bucket >= keep_before;
    GET DIAGNOSTICS hours = ROW_COUNT;
    ANALYZE refreshed_hours;

    DELETE FROM location_history_hourly h USING refreshed_hours t WHERE h.tracker_id = t.tracker_id AND h.bucket = t.bucket;
    INSERT INTO location_history_hourly
    SELECT DISTINCT ON (r.tracker_id, t.bucket, r.confidence, marked)
           r.tracker_id, t.bucket, r.confidence, cardinality(r.${flags}) > 0 AS marked,
           count(*) OVER w, min(r."timestamp") OVER w, max(r."timestamp") OVER w,
           r.location, r.horizontal_accuracy, r.hashed_adv_key, r.nearest_city,
           timestamptz_send(r."timestamp") || uuid_send(r.digest) AS latest_order
      FROM refreshed_hours t
      JOIN location_reports r ON r.tracker_id = t.tracker_id
                             AND r."timestamp" >= t.bucket AND r."timestamp" < t.bucket + interval '1 hour'
     WHERE r.location IS NOT NULL
    WINDOW w AS (PARTITION BY r.tracker_id, t.bucket, r.confidence, cardinality(r.${flags}) > 0)
     ORDER BY r.tracker_id, t.bucket, r.confidence, marked, latest_order DESC;

    CREATE TEMPORARY TABLE refreshed_days ON COMMIT DROP AS
        SELECT DISTINCT tracker_id, date_trunc('day', bucket, 'UTC') AS bucket FROM refreshed_hours;
    ANALYZE refreshed_days;
    DELETE FROM location_history_daily d USING refreshed_days t WHERE d.tracker_id = t.tracker_id AND d.bucket = t.bucket;
    INSERT INTO location_history_daily
    SELECT DISTINCT ON (h.tracker_id, t.bucket, h.confidence, h.marked)
           h.tracker_id, t.bucket, h.confidence, h.marked,
           sum(h.report_count) OVER w, min(h.first_time) OVER w, max(h.last_time) OVER w,
           h.location, h.horizontal_accuracy, h.hashed_adv_key, h.nearest_city, h.latest_order
      FROM refreshed_days t
      JOIN location_history_hourly h ON h.tracker_id = t.tracker_id
                                    AND h.bucket >= t.bucket AND h.bucket < t.bucket + interval '24 hours'
    WINDOW w AS (PARTITION BY h.tracker_id, t.bucket, h.confidence, h.marked)
     ORDER BY h.tracker_id, t.bucket, h.confidence, h.marked, h.latest_order DESC;
    RETURN hours;
END $$;
