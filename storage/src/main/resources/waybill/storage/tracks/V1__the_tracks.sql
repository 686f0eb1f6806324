-- Drivers are named once and referred to by number.
CREATE TABLE driver (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

-- Where each was, in the order in which that was recorded. What was not said is null. Times are milliseconds since 1970.
CREATE TABLE fix (
    driver      INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    latitude    REAL    NOT NULL,
    longitude   REAL    NOT NULL,
    heading     REAL,
    speed       REAL,
    accuracy    REAL,
    verdict     INTEGER NOT NULL,
    PRIMARY KEY (driver, recorded_at)
) WITHOUT ROWID;
