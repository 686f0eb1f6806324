/// Orders: what may happen to one, in what order, and what the world is told when it does.
///
/// [waybill.order.OrderMachine] is the whole life of an order on one page: values in, a decision out. Around it,
/// [waybill.order.Orders] looks the order up and writes down what was decided, inside one transaction of the
/// [waybill.order.Journal]; and [waybill.order.Relay] tells the world what the log says.
///
/// Nothing here reads a clock, a socket or a database: time and identity come in as arguments, and what must be kept
/// goes out through the ports [waybill.order.Ledger], [waybill.order.Journal] and [waybill.order.EventLog].
@NullMarked
package waybill.order;

import org.jspecify.annotations.NullMarked;
