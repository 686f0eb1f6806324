/// What is connected, on any node: ports, and their implementations for a single node.
///
/// [waybill.hub.presence.Presence] knows the connections that are the only identity of their actor,
/// [waybill.hub.presence.UserSockets] counts the sockets of each user, [waybill.hub.presence.UserConnections] lists
/// them and how long they lasted, and [waybill.hub.presence.SocketCounts] counts the sockets of each channel and the
/// streams of public links.
@NullMarked
package waybill.hub.presence;

import org.jspecify.annotations.NullMarked;
