-- How far the clients of a user have received what concerns it, for each dialect.
CREATE TABLE client_checkpoint (
    user_id        TEXT    NOT NULL,
    dialect        TEXT    NOT NULL,
    sequence       INTEGER NOT NULL,
    watches_orders INTEGER NOT NULL,
    saved_at       INTEGER NOT NULL,
    PRIMARY KEY (user_id, dialect)
) WITHOUT ROWID;

CREATE INDEX client_checkpoint_by_age ON client_checkpoint (saved_at);

-- What is older than this table was for clients to ask for; none of it is sent to a client that is new here.
INSERT INTO progress (name, position) SELECT 'checkpoints', COALESCE(MAX(position), 0) FROM event;
