-- The keys of a browser that takes Web Push, whose endpoint is the token; null for an app. The language of messages to it.
ALTER TABLE device ADD COLUMN p256dh TEXT;
ALTER TABLE device ADD COLUMN auth TEXT;
ALTER TABLE device ADD COLUMN locale TEXT;

-- Where a person reads e-mail, in which language, and the store of a merchant.
ALTER TABLE person ADD COLUMN email TEXT;
ALTER TABLE person ADD COLUMN locale TEXT;
ALTER TABLE person ADD COLUMN store TEXT;

CREATE INDEX person_of_store ON person (store, id) WHERE store IS NOT NULL;

-- The devices and addresses that have been sent a message of an outbound job whose other receivers have not.
CREATE TABLE job_receipt (
    job      INTEGER NOT NULL,
    receiver TEXT    NOT NULL,
    sent_at  INTEGER NOT NULL,
    PRIMARY KEY (job, receiver)
) WITHOUT ROWID;

CREATE INDEX job_receipt_by_age ON job_receipt (sent_at);
