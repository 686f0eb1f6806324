-- Public links to orders: of each the hash of its token, which is in the address of the link alone.
CREATE TABLE tracking_link (
    token_hash TEXT    PRIMARY KEY,
    id         TEXT    NOT NULL UNIQUE,
    order_id   BLOB    NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX tracking_link_of_order ON tracking_link (order_id, created_at, id);
CREATE INDEX tracking_link_by_expiry ON tracking_link (expires_at);
