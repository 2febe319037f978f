-- What serving positions over the network needs. All times are this server's.

-- Tokens. Of the secret part only the SHA-256 is here: it is 32 random bytes.
CREATE TABLE access_tokens (
    id           text PRIMARY KEY,
    secret_hash  bytea NOT NULL,
    name         text NOT NULL UNIQUE,
    scope        text NOT NULL CHECK (scope IN ('read', 'places', 'admin')),
    labels       jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(labels) = 'object'),
    created_at   timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz,
    last_used_at timestamptz
);

-- Links that show some positions to whoever has them.
CREATE TABLE shares (
    id          text PRIMARY KEY,
    secret_hash bytea NOT NULL,
    trackers    bigint[] NOT NULL,
    from_time   timestamptz,
    to_time     timestamptz,
    expires_at  timestamptz NOT NULL,
    precision_m integer NOT NULL CHECK (precision_m >= 0),
    created_by  text NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now()
);

-- The list of trackers sorted by how old their positions are.
CREATE INDEX latest_positions_newest ON latest_positions ("timestamp" DESC, tracker_id DESC);
