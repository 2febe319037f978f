-- What every row of another program gets: the tracker from its key, the digest that tells two reports of one second apart, the
-- flags that this program would give it, and a batch of its own, by which it is announced. A row that is there already is left out.
CREATE OR REPLACE FUNCTION location_reports_complete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.tracker_id IS NULL THEN
        SELECT k.tracker_id INTO NEW.tracker_id FROM tracker_keys k WHERE k.hashed_adv_key = NEW.hashed_adv_key;
        IF NEW.tracker_id IS NULL THEN
            INSERT INTO unclaimed_keys VALUES (NEW.hashed_adv_key) ON CONFLICT DO NOTHING;
        END IF;
    END IF;
    IF NEW.batch IS NULL THEN
        NEW.batch := -nextval('report_batches');
    END IF;
    IF NEW.digest IS NULL THEN
        NEW.digest := encode(substr(sha256(coalesce(NEW.payload, convert_to(concat_ws('|', NEW.location::text,
            NEW.confidence::text, coalesce(NEW.horizontal_accuracy::text, '-'), coalesce(NEW.status::text, '-')), 'UTF8'))), 1, 16), 'hex')::uuid;
        -- The original statement has no ON CONFLICT; bringing the same report again must not break its transaction.
        IF EXISTS (SELECT 1 FROM location_reports r WHERE r.hashed_adv_key = NEW.hashed_adv_key
                   AND r."timestamp" = NEW."timestamp" AND r.digest = NEW.digest) THEN
            RETURN NULL;
        END IF;
        IF cardinality(NEW.wrong_flags) = 0 THEN
            IF location_latitude(NEW.location) = 0 AND location_longitude(NEW.location) = 0 THEN
                NEW.wrong_flags := NEW.wrong_flags || 'NULL_ISLAND'::text;
            END IF;
            IF abs(location_latitude(NEW.location)) > 90 OR abs(location_longitude(NEW.location)) > 180 THEN
                NEW.wrong_flags := NEW.wrong_flags || 'COORDINATES_OUT_OF_RANGE'::text;
            END IF;
            IF NEW."timestamp" > NEW.received_at + interval '5 minutes' THEN
                NEW.wrong_flags := NEW.wrong_flags || 'FUTURE'::text;
            END IF;
        END IF;
    END IF;
    RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS location_reports_complete ON location_reports;
CREATE TRIGGER location_reports_complete BEFORE INSERT ON location_reports
    FOR EACH ROW WHEN (NEW.tracker_id IS NULL OR NEW.digest IS NULL OR NEW.batch IS NULL)
    EXECUTE FUNCTION location_reports_complete();
-- AFTER, because a row that ON CONFLICT drops must not be announced.
CREATE TRIGGER location_reports_announce AFTER INSERT ON location_reports
    FOR EACH ROW WHEN (NEW.batch < 0)
    EXECUTE FUNCTION location_reports_announce();
