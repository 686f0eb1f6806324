-- Which node runs a task that one node is enough for: its name, empty if none does; how many holders there were; and how
-- often this one has renewed its lease. Renewed in place every few seconds.
CREATE TABLE lease (
    task     TEXT COLLATE "C" PRIMARY KEY,
    holder   TEXT COLLATE "C" NOT NULL,
    term     BIGINT NOT NULL,
    renewals BIGINT NOT NULL
) WITH (fillfactor = 10);
