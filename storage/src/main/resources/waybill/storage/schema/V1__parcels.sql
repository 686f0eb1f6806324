-- Stores are named once and referred to by number.
CREATE TABLE store (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

-- What has happened, once each, in the order of commitment. Rows are never changed and never removed.
CREATE TABLE event (
    position     INTEGER PRIMARY KEY,
    order_number INTEGER NOT NULL,
    store        INTEGER NOT NULL,
    kind         INTEGER NOT NULL,
    payload      TEXT    NOT NULL,
    actor        TEXT    NOT NULL,
    occurred_at  INTEGER NOT NULL,
    received_at  INTEGER NOT NULL
);

CREATE INDEX event_of_store ON event (store, position);

-- How every order stands. Its number is the position of the event that placed it; the other positions are those of
-- the events that a letter may tell of. Most senders have one name for an order: then foreign_id is null.
CREATE TABLE parcel (
    number       INTEGER PRIMARY KEY,
    id           BLOB    NOT NULL,
    store        INTEGER NOT NULL,
    message_id   TEXT    NOT NULL,
    foreign_id   TEXT,
    state        INTEGER NOT NULL,
    driver       TEXT,
    collected_at INTEGER,
    delivered_at INTEGER
);

-- The name comes first, so that a scanned code is found without its store.
CREATE UNIQUE INDEX parcel_by_message_id ON parcel (message_id, store);
CREATE UNIQUE INDEX parcel_by_foreign_id ON parcel (foreign_id, store) WHERE foreign_id IS NOT NULL;

-- Letters that wait: who must see the event at that position. The recipient is a store, or 0 for the drivers.
CREATE TABLE mailbox (
    topic     INTEGER NOT NULL,
    recipient INTEGER NOT NULL,
    position  INTEGER NOT NULL,
    store     INTEGER NOT NULL,
    PRIMARY KEY (topic, recipient, position)
) WITHOUT ROWID;

-- How far each relay has told the world.
CREATE TABLE relay (
    name     TEXT PRIMARY KEY,
    position INTEGER NOT NULL
);
