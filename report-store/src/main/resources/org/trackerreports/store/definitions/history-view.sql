-- Hours of today and of the last seven days, and days before. The border is midnight UTC, so nothing is missing and
-- nothing occurs twice.
CREATE VIEW location_history AS
SELECT 'hour'::text AS resolution, h.* FROM location_history_hourly h
 WHERE h.bucket >= date_trunc('day', now(), 'UTC') - interval '168 hours'
UNION ALL
SELECT 'day'::text AS resolution, d.* FROM location_history_daily d
 WHERE d.bucket < date_trunc('day', now(), 'UTC') - interval '168 hours';
