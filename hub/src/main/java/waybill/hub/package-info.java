/// The application: the use cases that REST and sockets share. Threads, timers and projections are in the packages
/// below it; network protocols and SQL are not here.
///
/// [waybill.hub.OrderCommandHandler] takes every command on an order: it finds the order, has the command decided and
/// appends the events in one transaction. Start there.
@NullMarked
package waybill.hub;

import org.jspecify.annotations.NullMarked;
