-- A user is role and id together: what was kept under an id alone is given the role it was kept for. Where nothing says
-- which role that was, people are customers, and what must not be lost (a revocation, an answer to a request) is kept
-- for the id in every role.
CREATE TABLE user_role (word TEXT PRIMARY KEY);
INSERT INTO user_role (word) VALUES ('customer'), ('merchant'), ('driver'), ('admin'), ('support');

UPDATE event
SET body = json_set(body, '$.role',
        coalesce((SELECT role FROM person WHERE id = json_extract(event.body, '$.user')), 'customer'))
WHERE kind = 7;

-- Letters to a user: its customer's or its driver's where they tell of an order, or whom the notification was for.
INSERT INTO recipient (name)
SELECT word || ':' || substr(name, 6) FROM recipient, user_role WHERE name LIKE 'user:%';

INSERT INTO letter (recipient, position)
SELECT fresh.id, letter.position
FROM letter
JOIN recipient old ON old.id = letter.recipient AND old.name LIKE 'user:%'
JOIN event e ON e.position = letter.position
LEFT JOIN orders o ON o.order_row = e.order_row
JOIN recipient fresh ON (fresh.name = 'customer:' || o.customer AND o.customer = substr(old.name, 6))
    OR (fresh.name = e.driver AND e.driver = 'driver:' || substr(old.name, 6))
    OR (fresh.name = json_extract(e.body, '$.former') AND fresh.name = 'driver:' || substr(old.name, 6))
    OR (e.kind = 7 AND fresh.name = json_extract(e.body, '$.role') || ':' || substr(old.name, 6));

DELETE FROM letter WHERE recipient IN (SELECT id FROM recipient WHERE name LIKE 'user:%');
DELETE FROM recipient WHERE name LIKE 'user:%';
DELETE FROM recipient
WHERE name LIKE '%:%' AND name NOT LIKE 'role:%' AND id NOT IN (SELECT DISTINCT recipient FROM letter);

UPDATE device
SET user_id = coalesce((SELECT role FROM person WHERE id = user_id), 'customer') || ':' || user_id;

CREATE TABLE revocation_of_user (
    user_id TEXT PRIMARY KEY,
    until   INTEGER NOT NULL
);
INSERT INTO revocation_of_user (user_id, until) SELECT word || ':' || user_id, until FROM revocation, user_role;
DROP TABLE revocation;
ALTER TABLE revocation_of_user RENAME TO revocation;

-- Answers are kept for a day.
CREATE TABLE answer_to_user (
    user_id     TEXT    NOT NULL,
    request_key TEXT    NOT NULL,
    fingerprint TEXT    NOT NULL,
    status      INTEGER NOT NULL,
    body        TEXT    NOT NULL,
    kept_at     INTEGER NOT NULL,
    PRIMARY KEY (user_id, request_key)
);
INSERT INTO answer_to_user (user_id, request_key, fingerprint, status, body, kept_at)
SELECT word || ':' || user_id, request_key, fingerprint, status, body, kept_at
FROM answer JOIN user_role ON word = coalesce((SELECT role FROM person WHERE id = user_id), word);
DROP TABLE answer;
ALTER TABLE answer_to_user RENAME TO answer;
CREATE INDEX answer_by_age ON answer (kept_at);

-- A user is in it as soon as the hub has seen a token of theirs.
CREATE TABLE person_by_role (
    role  TEXT NOT NULL,
    id    TEXT NOT NULL,
    name  TEXT,
    phone TEXT,
    PRIMARY KEY (role, id)
);
INSERT INTO person_by_role (role, id, name, phone) SELECT role, id, name, phone FROM person;

-- Who has an order to drive, or has driven one, is known as a driver.
INSERT OR IGNORE INTO person_by_role (role, id)
SELECT DISTINCT 'driver', substr(driver, 8) FROM orders WHERE driver LIKE 'driver:%';
DROP TABLE person;
ALTER TABLE person_by_role RENAME TO person;

DROP TABLE user_role;
