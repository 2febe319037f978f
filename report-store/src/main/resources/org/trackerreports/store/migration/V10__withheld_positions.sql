-- Reports that a sink was not told because their position was wrong. If one turns out to be right, a program that keeps a position as often
-- as it gets it is told of it then, and only then.
CREATE TABLE sink_withheld (
    sink       text NOT NULL REFERENCES sinks ON DELETE CASCADE,
    tracker_id bigint NOT NULL,
    event_time timestamptz NOT NULL,
    digest     uuid NOT NULL,
    PRIMARY KEY (sink, tracker_id, event_time, digest)
);
