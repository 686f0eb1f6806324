-- Why an order got its driver. The decision is in the layout of waybill.dispatch.DecisionCodec; times are milliseconds
-- since 1970.
CREATE TABLE dispatch_decision (
    id         INTEGER PRIMARY KEY,
    order_id   BLOB    NOT NULL,
    decided_at INTEGER NOT NULL,
    decision   BLOB    NOT NULL
);
CREATE INDEX decision_of_order ON dispatch_decision (order_id, id);
