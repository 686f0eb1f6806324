-- What is known of an order's proofs, after the event and at present: JSON of their kinds, contents and hashes. Null before
-- the first.
ALTER TABLE event ADD COLUMN proofs TEXT;
ALTER TABLE orders ADD COLUMN proofs TEXT;

-- The files that are needed: each belongs to an order, or is the image of a product. A file without a row is deleted.
CREATE TABLE blob (
    id        TEXT PRIMARY KEY,
    order_row INTEGER,
    store     TEXT,
    product   TEXT,
    sha256    TEXT NOT NULL,
    size      INTEGER NOT NULL,
    type      TEXT NOT NULL,
    CHECK ((order_row IS NULL) = (product IS NOT NULL) AND (store IS NULL) = (product IS NULL))
) WITHOUT ROWID;
CREATE INDEX blob_of_order ON blob (order_row) WHERE order_row IS NOT NULL;
CREATE UNIQUE INDEX blob_of_product ON blob (store, product) WHERE product IS NOT NULL;
