-- Which node runs a task that one node is enough for. A hub whose nodes are all in one process does not use it.
CREATE TABLE lease (
    task     TEXT    NOT NULL PRIMARY KEY,
    holder   TEXT    NOT NULL,
    term     INTEGER NOT NULL,
    renewals INTEGER NOT NULL
) WITHOUT ROWID;
