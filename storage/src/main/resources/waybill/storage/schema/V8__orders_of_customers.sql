-- One index for all orders of a customer: with whether they are over, the active ones are found in it as well.
DROP INDEX active_order_of_customer;
DROP INDEX order_of_customer;
CREATE INDEX order_of_customer ON orders (customer, order_row, active) WHERE customer IS NOT NULL;
