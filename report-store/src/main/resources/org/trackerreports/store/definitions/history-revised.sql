-- The two views of hours and days together, and the completion of rows of other programs. Runs again after a conversion.

-- Everything: hours of today and of the last seven days, and days before, with one row for each confidence, with and
-- without flags. The border is midnight UTC, so nothing is missing and nothing occurs twice.
CREATE OR REPLACE VIEW location_history_all AS
SELECT 'hour'::text AS resolution, h.* FROM location_history_hourly h
 WHERE h.bucket >= date_trunc('day', now(), 'UTC') - interval '168 hours'
UNION ALL
SELECT 'day'::text AS resolution, d.* FROM location_history_daily d
 WHERE d.bucket < date_trunc('day', now(), 'UTC') - interval '168 hours';

-- What the original system shows under this name: one row for each hour or day, from reports of medium and high
-- confidence. Reports with flags are no position. It has the columns that it had before, because others may use it.
CREATE OR REPLACE VIEW location_history AS
SELECT DISTINCT ON (tracker_id, resolution, bucket)
       resolution, tracker_id, bucket, confidence, marked,
       (sum(report_count) OVER w)::bigint AS report_count, min(first_time) OVER w AS first_time, max(last_time) OVER w AS last_time,
       location, horizontal_accuracy, hashed_adv_key, nearest_city, latest_order
  FROM location_history_all
 WHERE confidence >= 2 AND NOT marked
WINDOW w AS (PARTITION BY tracker_id, resolution, bucket)
 ORDER BY tracker_id, resolution, bucket, latest_order DESC;

-- As before, and a row of another program gets the flags that this program would give it.
CREATE OR REPLACE FUNCTION location_reports_complete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.tracker_id IS NULL THEN
        SELECT k.tracker_id INTO NEW.tracker_id FROM tracker_keys k WHERE k.hashed_adv_key = NEW.hashed_adv_key;
        IF NEW.tracker_id IS NULL THEN
            INSERT INTO unclaimed_keys VALUES (NEW.hashed_adv_key) ON CONFLICT DO NOTHING;
        END IF;
    END IF;
    IF NEW.digest IS NULL THEN
        NEW.digest := encode(substr(sha256(coalesce(NEW.payload, convert_to(concat_ws('|', NEW.location::text,
            NEW.confidence::text, coalesce(NEW.horizontal_accuracy::text, '-'), coalesce(NEW.status::text, '-')), 'UTF8'))), 1, 16), 'hex')::uuid;
        -- The original statement has no ON CONFLICT; bringing the same report again must not break its transaction.
        IF EXISTS (SELECT 1 FROM location_reports r WHERE r.hashed_adv_key = NEW.hashed_adv_key
                   AND r."timestamp" = NEW."timestamp" AND r.digest = NEW.digest) THEN
            RETURN NULL;
        END IF;
        IF cardinality(NEW.marks) = 0 THEN
            IF location_latitude(NEW.location) = 0 AND location_longitude(NEW.location) = 0 THEN
                NEW.marks := NEW.marks || 'null_island'::text;
            END IF;
            IF NEW."timestamp" > NEW.received_at + interval '5 minutes' THEN
                NEW.marks := NEW.marks || 'time_in_future'::text;
            END IF;
        END IF;
    END IF;
    RETURN NEW;
END $$;
