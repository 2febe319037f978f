-- Removes what is no longer kept. Runs as a job of TimescaleDB's scheduler, and when the store calls it. config:
--   reports  how long reports are kept, an interval
--   hours    how long hours are kept, an interval; absent for forever
--   schema   the schema of the store's tables; needed by the job, whose session has the default search path of its role
--   as_of    the current time; absent for the time of the server
-- TimescaleDB's own retention policy is not used: it drops chunks even if their reports are not in the hours yet, and it
-- does not record before which time history must not be made again. This procedure refreshes the history first, and
-- raises the floors in a transaction of their own before it drops anything. It never removes days.
CREATE OR REPLACE PROCEDURE report_store_retention(job_id integer, config jsonb) LANGUAGE plpgsql AS $$
DECLARE
    present       timestamptz := coalesce((config->>'as_of')::timestamptz, now());
    reports_from  timestamptz := date_trunc('day', present - (config->>'reports')::interval, 'UTC');
    hours_from    timestamptz := date_trunc('day', present - (config->>'hours')::interval, 'UTC');
    reports_floor timestamptz;
    hours_floor   timestamptz;
BEGIN
    IF config ? 'schema' THEN
        PERFORM set_config('search_path', quote_ident(config->>'schema') || ', ' || current_setting('search_path'), false);
    END IF;
    -- Every refresh takes this lock. A refresh that began with the former floor would make history from dropped chunks.
    IF NOT pg_try_advisory_lock(hashtextextended('report-store history refresh', 0)) THEN
        RAISE EXCEPTION 'the history is being refreshed right now, so nothing was removed' USING ERRCODE = 'lock_not_available';
    END IF;
    -- A late report can change hours that are compressed, and TimescaleDB limits by default how many rows that may be.
    PERFORM set_config(name, '0', false) FROM pg_settings
      WHERE name = 'timescaledb.max_tuples_decompressed_per_dml_transaction';
    SELECT max(value::timestamptz) FILTER (WHERE name = 'reports_kept_from'),
           max(value::timestamptz) FILTER (WHERE name = 'hours_kept_from')
      INTO reports_floor, hours_floor FROM store_settings WHERE name IN ('reports_kept_from', 'hours_kept_from');
    CALL refresh_continuous_aggregate('location_history_hourly', reports_floor, date_trunc('hour', present, 'UTC'));
    CALL refresh_continuous_aggregate('location_history_daily', hours_floor, date_trunc('day', present, 'UTC'));
    INSERT INTO store_settings
    SELECT name, to_char(floor AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
      FROM (VALUES ('reports_kept_from', reports_from), ('hours_kept_from', hours_from)) AS f (name, floor)
     WHERE floor IS NOT NULL
        ON CONFLICT (name) DO UPDATE SET value = greatest(store_settings.value, EXCLUDED.value);
    COMMIT;
    PERFORM drop_chunks('location_reports', older_than => reports_from);
    IF hours_from IS NOT NULL THEN
        PERFORM drop_chunks('location_history_hourly', older_than => hours_from);
    END IF;
    COMMIT;
    PERFORM pg_advisory_unlock(hashtextextended('report-store history refresh', 0));
END $$;
