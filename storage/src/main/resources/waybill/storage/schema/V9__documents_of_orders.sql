-- The text in which its sender wrote an order, once: not in the row of each of its events, and not in that of the order,
-- which is written again with each event.
CREATE TABLE order_document (
    order_row INTEGER PRIMARY KEY,
    document  TEXT NOT NULL
);

ALTER TABLE event RENAME COLUMN payload TO document;

INSERT INTO order_document (order_row, document)
SELECT order_row, document FROM event WHERE kind = 0 AND document <> '' AND order_row IS NOT NULL;

-- What an event repeats: the text of the order, or what the hub wrote where the sender gave none. No sender has written
-- a text for an order that became ready.
UPDATE event SET document = ''
WHERE kind = 3 AND state_after <> 5 AND document <> '' AND document IN (
    SELECT same.document FROM event same
    WHERE same.order_row = event.order_row AND (same.kind = 0 OR (same.kind = 3 AND same.state_after = 5)));

UPDATE event SET document = '' WHERE kind = 3 AND state_after = 5 AND document <> '';
UPDATE event SET document = '' WHERE kind = 0 AND document <> '';
