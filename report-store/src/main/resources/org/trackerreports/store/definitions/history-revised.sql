-- The two views of hours and days together. Runs again after a conversion.

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
