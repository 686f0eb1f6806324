/// Orders: the commands, the events, and the state machine between them.
///
/// [waybill.order.OrderStateMachine] is the whole life of an order on one page: values in, a decision out.
/// [waybill.order.OrderAuthorization] says which caller may send which command. What finds an order, has the command
/// decided and appends the events is in `waybill.hub`.
///
/// Nothing here reads a clock, a socket or a database: time and identity come in as arguments.
@NullMarked
package waybill.order;

import org.jspecify.annotations.NullMarked;
