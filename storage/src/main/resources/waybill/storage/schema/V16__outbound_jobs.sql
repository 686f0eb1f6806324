-- What other systems and people are to be told of an event: one row for each receiver. Times are milliseconds since
-- 1970. A leased job is due when its lease expires.
CREATE TABLE outbound_job (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    channel     INTEGER NOT NULL,
    target      TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    position    INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    state       INTEGER NOT NULL DEFAULT 0,
    attempts    INTEGER NOT NULL DEFAULT 0,
    due_at      INTEGER NOT NULL,
    lease_owner TEXT,
    ended_at    INTEGER,
    detail      TEXT
);
CREATE INDEX job_pending ON outbound_job (channel, target, due_at) WHERE state = 0;
CREATE INDEX job_leased ON outbound_job (channel, lease_owner) WHERE lease_owner IS NOT NULL;
CREATE INDEX job_ended ON outbound_job (channel, state, ended_at) WHERE state <> 0;
CREATE INDEX job_of_target ON outbound_job (channel, target, id);

-- Where webhooks are sent. The secrets sign them, so they are here as they are.
CREATE TABLE webhook_endpoint (
    id              TEXT    PRIMARY KEY,
    url             TEXT    NOT NULL,
    events          TEXT    NOT NULL,
    store           TEXT,
    description     TEXT    NOT NULL,
    created_at      INTEGER NOT NULL,
    secret          TEXT    NOT NULL,
    old_secret      TEXT,
    old_secret_till INTEGER,
    disabled_at     INTEGER,
    disabled_reason TEXT,
    failing_since   INTEGER
) WITHOUT ROWID;
