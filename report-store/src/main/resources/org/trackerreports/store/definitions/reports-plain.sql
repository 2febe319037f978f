-- Makes an ordinary table of a hypertable, with the same rows, columns and indexes.
CREATE TABLE plain_location_reports (LIKE location_reports INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
INSERT INTO plain_location_reports SELECT * FROM location_reports ORDER BY "timestamp";
DROP TABLE location_reports;
ALTER TABLE plain_location_reports RENAME TO location_reports;
CREATE UNIQUE INDEX location_reports_once ON location_reports (hashed_adv_key, "timestamp", digest);
CREATE INDEX location_reports_tracker_time ON location_reports (tracker_id, "timestamp" DESC);
CREATE INDEX location_reports_received ON location_reports USING brin (received_at);
CREATE INDEX location_reports_location ON location_reports USING gist (location);
CREATE INDEX location_reports_batch ON location_reports (batch) WHERE batch IS NOT NULL;
