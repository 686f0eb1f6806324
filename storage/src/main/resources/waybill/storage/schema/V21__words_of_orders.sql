-- The words by which orders are found, without the text that they are from. Its rows are those of orders, up to the one
-- that `progress` names; waybill.storage.sqlite.OrderWordIndex adds the next. Besides its words a row has `s:` with the
-- number of the store and `c:` with a hash of the customer, so that the orders of one of them are found among many. All
-- words are folded already; the beginnings of two to six characters have lists of their own.
CREATE VIRTUAL TABLE order_word USING fts5 (
    words,
    content = '',
    contentless_delete = 1,
    detail = none,
    prefix = '2 3 4 5 6',
    tokenize = "ascii tokenchars ':'"
);

-- Orders that ended otherwise than delivered are few, and searched for.
CREATE INDEX failed_order ON orders (order_row) WHERE state IN (10, 11, 12, 13, 14);
