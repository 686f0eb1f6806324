-- Stores, and whoever news is addressed to, are named once and referred to by number.
CREATE TABLE store (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE recipient (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

-- What has happened, once each, in the order of commitment. Rows are never changed and never removed. State, driver
-- and paid are those of the order after the event; what is not about an order has no order_row, and state 0.
CREATE TABLE event (
    position     INTEGER PRIMARY KEY,
    order_row    INTEGER,
    store        INTEGER,
    kind         INTEGER NOT NULL,
    state_before INTEGER NOT NULL,
    state_after  INTEGER NOT NULL,
    driver       TEXT,
    paid         INTEGER NOT NULL,
    payload      TEXT    NOT NULL,
    body         TEXT,
    actor        TEXT    NOT NULL,
    occurred_at  INTEGER NOT NULL,
    received_at  INTEGER NOT NULL
);

CREATE INDEX event_of_store ON event (store, position) WHERE store IS NOT NULL;
CREATE INDEX event_of_order ON event (order_row, position) WHERE order_row IS NOT NULL;

-- How every order stands. Its row is the position of the event that placed it, its version that of its newest; the
-- other positions are those of the events that a letter of a queue may tell of. Most senders have one name for an
-- order: then foreign_id is null. Details are JSON.
CREATE TABLE orders (
    order_row     INTEGER PRIMARY KEY,
    id            BLOB    NOT NULL UNIQUE,
    number        TEXT    NOT NULL,
    store         INTEGER NOT NULL,
    message_id    TEXT    NOT NULL,
    foreign_id    TEXT,
    customer      TEXT,
    driver        TEXT,
    state         INTEGER NOT NULL,
    active        INTEGER NOT NULL,
    paid          INTEGER NOT NULL,
    details       TEXT    NOT NULL,
    placed_at     INTEGER NOT NULL,
    accept_by     INTEGER,
    version       INTEGER NOT NULL,
    ready_at      INTEGER,
    in_transit_at INTEGER,
    delivered_at  INTEGER
);

-- The name comes first, so that a scanned code is found without its store.
CREATE UNIQUE INDEX order_by_message_id ON orders (message_id, store);
CREATE UNIQUE INDEX order_by_foreign_id ON orders (foreign_id, store) WHERE foreign_id IS NOT NULL;

-- Lists are read newest first, and those of what is still to happen more often than all others.
CREATE INDEX order_of_store ON orders (store, order_row);
CREATE INDEX order_of_customer ON orders (customer, order_row) WHERE customer IS NOT NULL;
CREATE INDEX order_of_driver ON orders (driver, order_row) WHERE driver IS NOT NULL;
CREATE INDEX active_order ON orders (order_row) WHERE active = 1;
CREATE INDEX active_order_of_store ON orders (store, order_row) WHERE active = 1;
CREATE INDEX active_order_of_customer ON orders (customer, order_row) WHERE active = 1 AND customer IS NOT NULL;
CREATE INDEX active_order_of_driver ON orders (driver, order_row) WHERE active = 1 AND driver IS NOT NULL;

-- Those that await acceptance: pending or paid for.
CREATE INDEX order_to_accept ON orders (accept_by) WHERE state IN (1, 2) AND accept_by IS NOT NULL;

-- How many orders each day has had; days are counted from 1970.
CREATE TABLE day_count (
    day    INTEGER PRIMARY KEY,
    orders INTEGER NOT NULL
);

-- Letters of the queues: who must see the event at that position. The recipient is a store, or 0 for the drivers.
CREATE TABLE mailbox (
    topic     INTEGER NOT NULL,
    recipient INTEGER NOT NULL,
    position  INTEGER NOT NULL,
    store     INTEGER NOT NULL,
    PRIMARY KEY (topic, recipient, position)
) WITHOUT ROWID;

CREATE INDEX mailbox_by_age ON mailbox (position);

-- News for everybody else.
CREATE TABLE letter (
    recipient INTEGER NOT NULL,
    position  INTEGER NOT NULL,
    PRIMARY KEY (recipient, position)
) WITHOUT ROWID;

CREATE INDEX letter_by_age ON letter (position);

-- Events of which a store must say that it has them.
CREATE TABLE receipt (
    position        INTEGER PRIMARY KEY,
    store           INTEGER NOT NULL,
    order_row       INTEGER NOT NULL,
    asked_at        INTEGER NOT NULL,
    attempts        INTEGER NOT NULL,
    sent_at         INTEGER,
    acknowledged_at INTEGER,
    closed_at       INTEGER
);

CREATE INDEX receipt_of_store ON receipt (store, position);
CREATE INDEX open_receipt ON receipt (order_row) WHERE acknowledged_at IS NULL AND closed_at IS NULL;
CREATE INDEX open_receipt_by_position ON receipt (position) WHERE acknowledged_at IS NULL AND closed_at IS NULL;

-- How far each has come along the log: the relays in telling the world, and whoever throws old letters away.
CREATE TABLE progress (
    name     TEXT PRIMARY KEY,
    position INTEGER NOT NULL
);

CREATE TABLE business (
    store     TEXT PRIMARY KEY,
    name      TEXT    NOT NULL,
    keeper    TEXT,
    address   TEXT    NOT NULL,
    latitude  DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    is_open   INTEGER NOT NULL
);

CREATE TABLE person (
    id    TEXT PRIMARY KEY,
    role  TEXT NOT NULL,
    name  TEXT,
    phone TEXT
);

CREATE TABLE driver_state (
    driver TEXT PRIMARY KEY,
    status TEXT    NOT NULL,
    since  INTEGER NOT NULL
);

-- The discount is a decimal number.
CREATE TABLE offer (
    code        TEXT PRIMARY KEY,
    description TEXT NOT NULL,
    discount    TEXT NOT NULL
);

CREATE TABLE device (
    token         TEXT PRIMARY KEY,
    user_id       TEXT    NOT NULL,
    platform      TEXT    NOT NULL,
    registered_at INTEGER NOT NULL
);

CREATE INDEX device_of_user ON device (user_id, registered_at);

-- From when on the tokens of a user are worth nothing if they were issued before.
CREATE TABLE revocation (
    user_id TEXT PRIMARY KEY,
    until   INTEGER NOT NULL
);

-- What requests were answered, so that one sent twice is done once.
CREATE TABLE answer (
    user_id     TEXT    NOT NULL,
    request_key TEXT    NOT NULL,
    fingerprint TEXT    NOT NULL,
    status      INTEGER NOT NULL,
    body        TEXT    NOT NULL,
    kept_at     INTEGER NOT NULL,
    PRIMARY KEY (user_id, request_key)
);

CREATE INDEX answer_by_age ON answer (kept_at);
