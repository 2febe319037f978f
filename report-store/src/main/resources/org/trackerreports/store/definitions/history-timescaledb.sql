-- Reports in a hypertable; hourly and daily history as continuous aggregates, the daily one built on the hourly one.
-- A row shows the latest location of its bucket. It is never an average: the tracker may never have been there.
SELECT create_hypertable('location_reports', 'timestamp', chunk_time_interval => interval '7 days',
                         create_default_indexes => false, migrate_data => true, if_not_exists => true);

CREATE MATERIALIZED VIEW location_history_hourly
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT tracker_id,
       time_bucket(interval '1 hour', "timestamp") AS bucket,
       confidence,
       cardinality(${flags}) > 0 AS marked,
       count(*) AS report_count,
       min("timestamp") AS first_time,
       max("timestamp") AS last_time,
       last(location, timestamptz_send("timestamp") || uuid_send(digest)) AS location,
       last(horizontal_accuracy, timestamptz_send("timestamp") || uuid_send(digest)) AS horizontal_accuracy,
       last(hashed_adv_key, timestamptz_send("timestamp") || uuid_send(digest)) AS hashed_adv_key,
       last(nearest_city, timestamptz_send("timestamp") || uuid_send(digest)) AS nearest_city,
       last(timestamptz_send("timestamp") || uuid_send(digest), timestamptz_send("timestamp") || uuid_send(digest)) AS latest_order
  FROM location_reports
 WHERE tracker_id IS NOT NULL AND location IS NOT NULL
 GROUP BY tracker_id, time_bucket(interval '1 hour', "timestamp"), confidence, cardinality(${flags}) > 0
WITH NO DATA;

CREATE MATERIALIZED VIEW location_history_daily
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT tracker_id,
       time_bucket(interval '1 day', bucket) AS bucket,
       confidence,
       marked,
       sum(report_count)::bigint AS report_count,
       min(first_time) AS first_time,
       max(last_time) AS last_time,
       last(location, latest_order) AS location,
       last(horizontal_accuracy, latest_order) AS horizontal_accuracy,
       last(hashed_adv_key, latest_order) AS hashed_adv_key,
       last(nearest_city, latest_order) AS nearest_city,
       last(latest_order, latest_order) AS latest_order
  FROM location_history_hourly
 GROUP BY tracker_id, time_bucket(interval '1 day', bucket), confidence, marked
WITH NO DATA;

-- The window of the policies is shorter than the minimum retention (30 days), so that they never refresh dropped chunks.
SELECT add_continuous_aggregate_policy('location_history_hourly',
    start_offset => interval '28 days', end_offset => interval '1 hour', schedule_interval => interval '15 minutes');
SELECT add_continuous_aggregate_policy('location_history_daily',
    start_offset => interval '28 days', end_offset => interval '1 day', schedule_interval => interval '1 hour');
