-- The open alerts, at most one of a kind and a subject.
CREATE TABLE system_alert (
    kind     TEXT    NOT NULL,
    subject  TEXT    NOT NULL,
    id       TEXT    NOT NULL,
    severity TEXT    NOT NULL,
    message  TEXT    NOT NULL,
    since    INTEGER NOT NULL,
    order_id TEXT,
    driver   TEXT,
    PRIMARY KEY (kind, subject)
) WITHOUT ROWID;

-- Reports of payment providers, each with what became of it, so that one that is sent again is not acted on again.
CREATE TABLE payment_report (
    provider    TEXT    NOT NULL,
    event_id    TEXT    NOT NULL,
    payment_id  TEXT    NOT NULL,
    order_id    TEXT    NOT NULL,
    minor_units INTEGER NOT NULL,
    currency    TEXT    NOT NULL,
    outcome     TEXT    NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (provider, event_id)
) WITHOUT ROWID;

CREATE INDEX payment_report_of_payment ON payment_report (provider, payment_id);
CREATE INDEX payment_report_by_time ON payment_report (received_at);
