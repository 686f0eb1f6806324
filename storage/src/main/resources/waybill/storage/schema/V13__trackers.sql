-- Apps that report the positions of a driver under a key of their own, of which only the hash is here, and the newest of
-- their positions that could not be understood.
CREATE TABLE tracker (
    key_hash      TEXT    PRIMARY KEY,
    id            TEXT    NOT NULL UNIQUE,
    driver        TEXT    NOT NULL,
    name          TEXT    NOT NULL,
    created_at    INTEGER NOT NULL,
    faults        INTEGER NOT NULL DEFAULT 0,
    fault_at      INTEGER,
    fault_message TEXT
) WITHOUT ROWID;

CREATE INDEX tracker_of_driver ON tracker (driver, created_at);
