-- A second checkpoint, some reports before the newest one: from there, a new report is judged without reading nine days.
ALTER TABLE place_checkpoints
    ADD COLUMN recent boolean NOT NULL DEFAULT false,
    DROP CONSTRAINT place_checkpoints_pkey,
    ADD PRIMARY KEY (tracker_id, place_id, recent);
