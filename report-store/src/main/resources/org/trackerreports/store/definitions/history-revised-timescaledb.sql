-- TimescaleDB makes an index for each column by which an aggregate groups. Queries use the one of the tracker, and the
-- refresh the one of the bucket; those of confidence and mark only cost space and time.
DO $$
DECLARE
    useless regclass;
BEGIN
    FOR useless IN
        SELECT i.indexrelid::regclass
          FROM timescaledb_information.continuous_aggregates a
          JOIN pg_class c ON c.oid = format('%I.%I', a.materialization_hypertable_schema, a.materialization_hypertable_name)::regclass
          JOIN pg_index i ON i.indrelid = c.oid
          JOIN pg_attribute f ON f.attrelid = c.oid AND f.attnum = i.indkey[0]
         WHERE a.view_schema = current_schema() AND a.view_name IN ('location_history_hourly', 'location_history_daily')
           AND f.attname IN ('confidence', 'marked')
    LOOP
        EXECUTE 'DROP INDEX ' || useless;
    END LOOP;
END $$;
