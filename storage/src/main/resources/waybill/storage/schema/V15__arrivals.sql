-- Where the driver of an order is or was, after the event and at present: JSON of the stops that it has come near to, each
-- "announced" or the time of the arrival in milliseconds since 1970. Null before.
ALTER TABLE event ADD COLUMN arrivals TEXT;
ALTER TABLE orders ADD COLUMN arrivals TEXT;
