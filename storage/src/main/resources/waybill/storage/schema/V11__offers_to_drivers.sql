-- The offers of an order to drivers, as JSON: those that it has now, and those that it had after each event.
ALTER TABLE orders ADD COLUMN offers TEXT;
ALTER TABLE event ADD COLUMN offers TEXT;

-- Orders that were ready for pickup and had no driver were offered to all drivers, without a deadline.
UPDATE orders SET offers = '{"rounds":1,"open":{"round":1,"at":' || placed_at || '}}'
WHERE active = 1 AND state = 5 AND driver IS NULL;
