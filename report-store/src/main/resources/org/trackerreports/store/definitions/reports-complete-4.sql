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
