-- Where drivers were, reported to any node; in a schema of its own, so that a dump may leave it out. A partition for each
-- day (UTC), because dropping one costs nothing; what no day has been created for is in point_other until there is one.
-- Times are milliseconds since 1970; what was not reported is null.
CREATE SCHEMA tracks;

CREATE TABLE tracks.point (
    driver      TEXT COLLATE "C" NOT NULL,
    recorded_at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    latitude    DOUBLE PRECISION NOT NULL,
    longitude   DOUBLE PRECISION NOT NULL,
    heading     DOUBLE PRECISION,
    speed       DOUBLE PRECISION,
    accuracy    DOUBLE PRECISION,
    verdict     INTEGER NOT NULL,
    PRIMARY KEY (driver, recorded_at)
) PARTITION BY RANGE (recorded_at);
CREATE TABLE tracks.point_other PARTITION OF tracks.point DEFAULT;

-- Creates the partition of the day that begins then, and moves into it what was recorded on that day before.
CREATE FUNCTION tracks.create_day(begin_ms BIGINT) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    end_ms BIGINT := begin_ms + 86400000;
    day    TEXT := 'point_' || to_char(to_timestamp(begin_ms / 1000) AT TIME ZONE 'UTC', 'YYYYMMDD');
BEGIN
    IF to_regclass('tracks.' || day) IS NOT NULL THEN
        RETURN;
    END IF;
    LOCK TABLE tracks.point_other IN ACCESS EXCLUSIVE MODE;
    EXECUTE format('CREATE TABLE tracks.%I (LIKE tracks.point)', day);
    EXECUTE format('WITH moved AS (DELETE FROM tracks.point_other WHERE recorded_at >= %s AND recorded_at < %s RETURNING *)'
        || ' INSERT INTO tracks.%I SELECT * FROM moved', begin_ms, end_ms, day);
    EXECUTE format('ALTER TABLE tracks.point ATTACH PARTITION tracks.%I FOR VALUES FROM (%s) TO (%s)',
        day, begin_ms, end_ms);
END
$$;

-- Creates the days from yesterday to so many days ahead, and drops those that ended before the time until which points are
-- deleted. Two nodes may call it at once: one of them returns at once.
CREATE FUNCTION tracks.maintain(now_ms BIGINT, days_ahead INTEGER, deleted_until_ms BIGINT) RETURNS VOID
LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
    today BIGINT := now_ms - now_ms % 86400000;
    day   RECORD;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('waybill tracks')) THEN
        RETURN;
    END IF;
    FOR ahead IN -1..days_ahead LOOP
        PERFORM tracks.create_day(today + ahead * 86400000::BIGINT);
    END LOOP;
    FOR day IN
        SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
        WHERE inhparent = 'tracks.point'::REGCLASS AND relname ~ '^point_[0-9]{8}$'
        AND extract(epoch FROM to_date(substr(relname, 7), 'YYYYMMDD') + 1) * 1000 <= deleted_until_ms
    LOOP
        EXECUTE format('DROP TABLE tracks.%I', day.relname);
    END LOOP;
    DELETE FROM tracks.point_other WHERE ctid IN
        (SELECT ctid FROM tracks.point_other WHERE recorded_at < deleted_until_ms LIMIT 10000);
END
$$;
