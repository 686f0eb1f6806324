-- What stores sell. A price is in the smallest unit of its currency.
CREATE TABLE product (
    store     TEXT    NOT NULL,
    id        TEXT    NOT NULL,
    name      TEXT    NOT NULL,
    price     INTEGER NOT NULL,
    currency  TEXT    NOT NULL,
    available INTEGER NOT NULL,
    PRIMARY KEY (store, id)
) WITHOUT ROWID;

-- How to get in, or where to find it.
ALTER TABLE business ADD COLUMN notes TEXT;

-- The log is read from a time on.
CREATE INDEX event_by_time ON event (received_at, position);
