-- A number names one order. Should a file hold one twice, the later order gets its row added to it.
UPDATE orders SET number = number || '-' || order_row
WHERE order_row NOT IN (SELECT min(order_row) FROM orders GROUP BY number);
CREATE UNIQUE INDEX order_by_number ON orders (number);

-- The receipts of a store and of an order are found by the events of that store and order.
DROP INDEX receipt_of_store;
DROP INDEX open_receipt;
