/// Orders: the commands, the events, and the state machine between them.
///
/// [waybill.order.OrderStateMachine] is the whole lifecycle: values in, a decision out.
/// [waybill.order.OrderAuthorization] decides which caller may send which command. `waybill.hub` finds the order, has
/// the command decided and appends the events.
///
/// Nothing here reads a clock, a socket or a database: time and identity come in as arguments.
@NullMarked
package waybill.order;

import org.jspecify.annotations.NullMarked;
