/// The sockets of all dialects but `/caps`. [waybill.server.live.DialectServer] serves their namespaces: start
/// there. A [waybill.server.live.NamespaceSpec] has the dialects of a namespace and the roles that it admits,
/// [waybill.server.live.MessageDispatcher] handles what clients emit, [waybill.server.live.EventBroadcaster] emits
/// the events of the log, and [waybill.server.live.PositionBroadcaster] the positions of drivers.
///
/// Nothing here decides about orders, and nothing waits on an event loop: what takes time is a future, or runs on
/// the blocking executor.
@NullMarked
package waybill.server.live;

import org.jspecify.annotations.NullMarked;
