-- The feed of what happened to reports and trackers, and what is judged from it: flags, latest positions, places and
-- transitions. Nothing here rewrites the table of reports.

-- Reasons why a position is wrong (left out by default), and reasons why it is uncertain (shown, but decides nothing).
ALTER TABLE location_reports RENAME COLUMN marks TO wrong_flags;
ALTER TABLE location_reports ADD COLUMN uncertain_flags text[];

-- Which transaction stored a report. Rows that were stored before have none, so the index of them is empty.
ALTER TABLE location_reports ADD COLUMN batch bigint;
CREATE INDEX location_reports_batch ON location_reports (batch) WHERE batch IS NOT NULL;
-- Numbers are taken before a commit, so they tell nothing about the order of commits.
CREATE SEQUENCE report_batches;

-- What a transaction did, written by itself. change: 1 reports stored, 2 reports revised, 3 transitions, 4 trackers,
-- 5 silence and battery. Stored reports are found by their batch; everything else is listed in the arrays, which are parallel.
CREATE TABLE report_inbox (
    batch      bigint NOT NULL,
    change     smallint NOT NULL CHECK (change BETWEEN 1 AND 5),
    items      integer NOT NULL,
    earliest   timestamptz,
    latest     timestamptz,
    trackers   bigint[],
    times      timestamptz[],
    ids        uuid[],
    revisions  integer[],
    created_at timestamptz NOT NULL DEFAULT now()
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- The same rows in the order of their commits. Only one session at a time moves rows here, under a lock that it holds until its
-- commit, so positions become visible in their order.
CREATE TABLE report_feed (
    position   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    batch      bigint NOT NULL,
    change     smallint NOT NULL,
    items      integer NOT NULL,
    earliest   timestamptz,
    latest     timestamptz,
    trackers   bigint[],
    times      timestamptz[],
    ids        uuid[],
    revisions  integer[],
    created_at timestamptz NOT NULL,
    judged     boolean NOT NULL DEFAULT false,
    noticed_at timestamptz NOT NULL DEFAULT now()
);

-- How far each consumer has come: it is done with the items up to this one. Only the owner may move it, and only from where it is.
CREATE TABLE feed_cursors (
    consumer    text PRIMARY KEY,
    "position"  bigint NOT NULL,
    item        integer NOT NULL DEFAULT 0,
    owner       text,
    owned_until timestamptz,
    heard_at    timestamptz NOT NULL DEFAULT now()
);

-- Wakes those who listen. A notification carries no data and may be lost.
CREATE FUNCTION report_inbox_filled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('trackerreports_feed', '');
    RETURN NULL;
END $$;
CREATE TRIGGER report_inbox_filled AFTER INSERT ON report_inbox
    FOR EACH STATEMENT EXECUTE FUNCTION report_inbox_filled();

-- A row of another program is announced by itself. It has a negative batch.
CREATE FUNCTION location_reports_announce() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO report_inbox (batch, change, items, earliest, latest) VALUES (NEW.batch, 1, 1, NEW."timestamp", NEW."timestamp");
    RETURN NULL;
END $$;

-- The newest position of each tracker that is not wrong.
CREATE TABLE latest_positions (
    tracker_id          bigint PRIMARY KEY,
    "timestamp"         timestamptz NOT NULL,
    digest              uuid NOT NULL,
    hashed_adv_key      text NOT NULL,
    location            ${location_type} NOT NULL,
    confidence          smallint NOT NULL,
    horizontal_accuracy double precision,
    nearest_city        text,
    status              smallint,
    uncertain_flags     text[],
    received_at         timestamptz NOT NULL
);
CREATE INDEX latest_positions_location ON latest_positions USING gist (location);

-- Trackers whose reports have to be judged again although none of them changed: from this event time on, once this time has come.
CREATE TABLE movement_due (
    tracker_id bigint NOT NULL,
    reason     text NOT NULL,
    from_time  timestamptz NOT NULL,
    due_at     timestamptz NOT NULL,
    PRIMARY KEY (tracker_id, reason)
);
CREATE INDEX movement_due_at ON movement_due (due_at);
CREATE INDEX movement_due_first ON movement_due (reason) WHERE reason = 'stored before';
-- Everything that was stored before is judged once.
INSERT INTO movement_due SELECT id, 'stored before', '0001-01-01 00:00:00+00', '0001-01-01 00:00:00+00' FROM trackers;

-- What was last said of a tracker, and when the service last answered for it.
CREATE TABLE tracker_answers (
    tracker_id  bigint PRIMARY KEY,
    answered_at timestamptz NOT NULL
);
CREATE TABLE tracker_conditions (
    tracker_id   bigint PRIMARY KEY,
    heard_at     timestamptz,
    silent_since timestamptz,
    battery      text,
    battery_time timestamptz
);
CREATE TABLE tracker_events (
    id          uuid PRIMARY KEY,
    tracker_id  bigint NOT NULL,
    type        text NOT NULL,
    event_time  timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    data        jsonb NOT NULL
);
CREATE INDEX tracker_events_tracker ON tracker_events (tracker_id, event_time);

-- A circle has a centre and a radius in metres; a polygon has its corners as [[longitude, latitude], …].
CREATE TABLE places (
    id         bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    name       text NOT NULL UNIQUE,
    latitude   double precision,
    longitude  double precision,
    radius     double precision,
    polygon    jsonb,
    labels     jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(labels) = 'object'),
    confirm    integer NOT NULL,
    dwell      interval NOT NULL,
    max_lag    interval NOT NULL,
    alert      boolean NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((radius IS NULL) = (polygon IS NOT NULL) AND (radius IS NULL) = (latitude IS NULL) AND (radius IS NULL) = (longitude IS NULL))
);

-- The id follows from tracker, place, direction and the report that caused it, so it is the same after every computation.
CREATE TABLE place_transitions (
    id             uuid PRIMARY KEY,
    revision       integer NOT NULL,
    tracker_id     bigint NOT NULL,
    place_id       bigint NOT NULL REFERENCES places ON DELETE CASCADE,
    direction      text NOT NULL CHECK (direction IN ('entered', 'left')),
    event_time     timestamptz NOT NULL,
    decided_time   timestamptz NOT NULL,
    causing_digest uuid NOT NULL,
    recorded_at    timestamptz NOT NULL,
    late           boolean NOT NULL,
    withdrawn_at   timestamptz
);
CREATE INDEX place_transitions_tracker ON place_transitions (tracker_id, event_time);
CREATE INDEX place_transitions_place ON place_transitions (place_id, event_time);

-- From where the transitions of a tracker at a place are computed again: all reports before this time are final.
CREATE TABLE place_checkpoints (
    tracker_id bigint NOT NULL,
    place_id   bigint NOT NULL REFERENCES places ON DELETE CASCADE,
    as_of      timestamptz NOT NULL,
    state      jsonb NOT NULL,
    PRIMARY KEY (tracker_id, place_id)
);
