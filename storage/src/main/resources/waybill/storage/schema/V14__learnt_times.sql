-- What the hub has learnt about times, and the newest event that it has learnt from: one row, replaced now and then.
CREATE TABLE eta_model (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    position INTEGER NOT NULL,
    state    BLOB NOT NULL
);

-- Times that a store or another system has set for an order, after the event and at present, and the promise of an open
-- delay alert: JSON of milliseconds since 1970. Null without any.
ALTER TABLE event ADD COLUMN times TEXT;
ALTER TABLE orders ADD COLUMN times TEXT;
