-- Hourly and daily history in ordinary tables, updated by refresh_location_history() from the hours in touched_hours.
CREATE TABLE location_history_hourly (
    tracker_id          bigint NOT NULL,
    bucket              timestamptz NOT NULL,
    confidence          smallint NOT NULL,
    marked              boolean NOT NULL,
    report_count        bigint NOT NULL,
    first_time          timestamptz NOT NULL,
    last_time           timestamptz NOT NULL,
    location            ${location_type} NOT NULL,
    horizontal_accuracy double precision,
    hashed_adv_key      text NOT NULL,
    nearest_city        text,
    latest_order        bytea NOT NULL,
    PRIMARY KEY (tracker_id, bucket, confidence, marked)
);
CREATE TABLE location_history_daily (LIKE location_history_hourly INCLUDING ALL);

-- Rows are only appended: the row of a writer becomes visible together with its reports, so a concurrent refresh never
-- deletes a row whose reports it did not see.
CREATE TABLE touched_hours (
    tracker_id bigint NOT NULL,
    bucket     timestamptz NOT NULL
);

CREATE FUNCTION location_reports_touched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        INSERT INTO touched_hours SELECT DISTINCT tracker_id, date_trunc('hour', "timestamp", 'UTC')
            FROM new_rows WHERE tracker_id IS NOT NULL;
    END IF;
    IF TG_OP IN ('DELETE', 'UPDATE') THEN
        INSERT INTO touched_hours SELECT DISTINCT tracker_id, date_trunc('hour', "timestamp", 'UTC')
            FROM old_rows WHERE tracker_id IS NOT NULL;
    END IF;
    RETURN NULL;
END $$;
-- Finds old rows for retention; rows of about the same time are stored close together.
CREATE INDEX location_reports_time ON location_reports USING brin ("timestamp");

CREATE TRIGGER location_reports_inserted AFTER INSERT ON location_reports
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION location_reports_touched();
CREATE TRIGGER location_reports_updated AFTER UPDATE ON location_reports
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION location_reports_touched();
CREATE TRIGGER location_reports_deleted AFTER DELETE ON location_reports
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION location_reports_touched();

-- Makes the hours in touched_hours, and their days, again. Hours before keep_before stay as they are, because their
-- reports may have been removed. Returns the number of hours made again.
CREATE FUNCTION refresh_location_history(keep_before timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    hours bigint;
BEGIN
    CREATE TEMPORARY TABLE refreshed_hours (tracker_id bigint, bucket timestamptz) ON COMMIT DROP;
    WITH taken AS (DELETE FROM touched_hours RETURNING tracker_id, bucket)
    INSERT INTO refreshed_hours SELECT DISTINCT tracker_id, bucket FROM taken WHERE bucket >= keep_before;
    GET DIAGNOSTICS hours = ROW_COUNT;
    ANALYZE refreshed_hours;

    DELETE FROM location_history_hourly h USING refreshed_hours t WHERE h.tracker_id = t.tracker_id AND h.bucket = t.bucket;
    INSERT INTO location_history_hourly
    SELECT DISTINCT ON (r.tracker_id, t.bucket, r.confidence, marked)
           r.tracker_id, t.bucket, r.confidence, cardinality(r.marks) > 0 AS marked,
           count(*) OVER w, min(r."timestamp") OVER w, max(r."timestamp") OVER w,
           r.location, r.horizontal_accuracy, r.hashed_adv_key, r.nearest_city,
           timestamptz_send(r."timestamp") || uuid_send(r.digest) AS latest_order
      FROM refreshed_hours t
      JOIN location_reports r ON r.tracker_id = t.tracker_id
                             AND r."timestamp" >= t.bucket AND r."timestamp" < t.bucket + interval '1 hour'
     WHERE r.location IS NOT NULL
    WINDOW w AS (PARTITION BY r.tracker_id, t.bucket, r.confidence, cardinality(r.marks) > 0)
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
