-- What a driver delivers with, where and until when. The area is a circle or a polygon as text, null for everywhere; the
-- end is in milliseconds since 1970, null for an open one.
ALTER TABLE driver_state ADD COLUMN capacity INTEGER NOT NULL DEFAULT 3;
ALTER TABLE driver_state ADD COLUMN vehicle TEXT NOT NULL DEFAULT 'car';
ALTER TABLE driver_state ADD COLUMN area TEXT;
ALTER TABLE driver_state ADD COLUMN shift_ends_at INTEGER;
