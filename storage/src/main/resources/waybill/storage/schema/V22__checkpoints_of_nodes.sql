-- The clients of a user may be connected to several nodes: each saves how far those are that are connected to it. A
-- checkpoint from before nodes had some of their own has no node.
CREATE TABLE client_checkpoint_of_node (
    user_id        TEXT    NOT NULL,
    dialect        TEXT    NOT NULL,
    node           TEXT    NOT NULL,
    sequence       INTEGER NOT NULL,
    watches_orders INTEGER NOT NULL,
    saved_at       INTEGER NOT NULL,
    PRIMARY KEY (user_id, dialect, node)
) WITHOUT ROWID;

INSERT INTO client_checkpoint_of_node (user_id, dialect, node, sequence, watches_orders, saved_at)
SELECT user_id, dialect, '', sequence, watches_orders, saved_at FROM client_checkpoint;

DROP TABLE client_checkpoint;
ALTER TABLE client_checkpoint_of_node RENAME TO client_checkpoint;
CREATE INDEX client_checkpoint_by_age ON client_checkpoint (saved_at);
