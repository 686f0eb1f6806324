-- Which drivers have confirmed a pickup that waits for all of them: it is not shown to them again. The position is that
-- of the letter, with which the rows are deleted.
CREATE TABLE pickup_confirmation (
    position INTEGER NOT NULL,
    reader   TEXT    NOT NULL,
    PRIMARY KEY (position, reader)
) WITHOUT ROWID;

-- The pickups of one store, among those of all stores.
CREATE INDEX pickup_of_store ON mailbox (store, position) WHERE recipient = 0;

-- An id that a customer gave an order is unique among those of that customer at that store, and does not meet the ids
-- of the store, whose named_by is empty.
ALTER TABLE orders ADD COLUMN named_by TEXT NOT NULL DEFAULT '';

DROP INDEX order_by_foreign_id;
CREATE UNIQUE INDEX order_by_foreign_id ON orders (foreign_id, store, named_by) WHERE foreign_id IS NOT NULL;
