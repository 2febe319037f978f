-- The requests that budgets granted, so that no loss of Redis makes an account ask too often. All times are this server's.

-- One row for each budget. Whoever records a grant locks it, so that of two grants at once only one is recorded.
CREATE TABLE request_budgets (
    budget          text PRIMARY KEY,
    last_granted_at timestamptz,
    cool_down_until timestamptz
);

-- The grants of at least the last day, with the numbers by which Redis knows them.
CREATE TABLE granted_requests (
    budget       text NOT NULL REFERENCES request_budgets ON DELETE CASCADE,
    grant_number bigint NOT NULL,
    granted_at   timestamptz NOT NULL
);
CREATE INDEX granted_requests_budget ON granted_requests (budget, granted_at);

-- The limits of the instances that run: the strictest ones hold for all.
CREATE TABLE request_limits (
    instance             text PRIMARY KEY,
    min_gap              interval NOT NULL,
    max_requests_per_day integer NOT NULL,
    heard_of_at          timestamptz NOT NULL
);
