-- What is written only to see whether the disk takes as much as an order may need: one row.
CREATE TABLE probe (
    id     INTEGER PRIMARY KEY,
    filler BLOB NOT NULL
);
