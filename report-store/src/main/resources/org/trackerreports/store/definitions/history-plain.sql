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
