-- Programs that are told what happened: how far each of them is stands in feed_cursors, everything else about them here.

-- attempts and wait_until: how often in a row it could not be reached, and when it is tried again; so the wait survives a restart.
-- done_until: when what was done last was stored. The columns of a replay: reports from this event time on, received from this time on,
-- after the report that was replayed last.
CREATE TABLE sinks (
    name            text PRIMARY KEY,
    type            text NOT NULL,
    state           text NOT NULL DEFAULT 'working' CHECK (state IN ('working', 'waiting', 'credentials', 'off')),
    paused          boolean NOT NULL DEFAULT false,
    attempts        integer NOT NULL DEFAULT 0,
    wait_until      timestamptz,
    last_error      text,
    last_error_at   timestamptz,
    delivered       bigint NOT NULL DEFAULT 0,
    failed          bigint NOT NULL DEFAULT 0,
    done_until      timestamptz,
    replay_from     timestamptz,
    replay_received timestamptz,
    replay_time     timestamptz,
    replay_digest   uuid
);

-- What a sink refused. The event is made again from what is stored when it is sent again: kind and reference find it.
CREATE TABLE sink_failures (
    sink       text NOT NULL REFERENCES sinks ON DELETE CASCADE,
    event      text NOT NULL,
    "position" text NOT NULL,
    kind       text NOT NULL CHECK (kind IN ('report', 'transition', 'event')),
    tracker_id bigint NOT NULL,
    event_time timestamptz NOT NULL,
    reference  uuid NOT NULL,
    number     bigint NOT NULL,
    status     integer NOT NULL,
    answer     text NOT NULL,
    failed_at  timestamptz NOT NULL DEFAULT now(),
    again      boolean NOT NULL DEFAULT false,
    PRIMARY KEY (sink, event)
);
CREATE INDEX sink_failures_again ON sink_failures (sink) WHERE again;

-- The newest position that a sink has published of each tracker, so that an older one that comes late does not replace it.
CREATE TABLE sink_published (
    sink       text NOT NULL REFERENCES sinks ON DELETE CASCADE,
    tracker_id bigint NOT NULL,
    name       text NOT NULL,
    labels     jsonb NOT NULL,
    event_time timestamptz NOT NULL,
    message    text NOT NULL,
    PRIMARY KEY (sink, tracker_id)
);

-- Transitions that a sink was told, and those that it is not told yet because it was told another one of the same place just before.
CREATE TABLE sink_alerts (
    sink          text NOT NULL REFERENCES sinks ON DELETE CASCADE,
    transition_id uuid NOT NULL,
    revision      integer NOT NULL,
    tracker_id    bigint NOT NULL,
    place_id      bigint NOT NULL,
    direction     text NOT NULL,
    "position"    text NOT NULL,
    told_at       timestamptz,
    PRIMARY KEY (sink, transition_id)
);
CREATE INDEX sink_alerts_place ON sink_alerts (sink, tracker_id, place_id);
