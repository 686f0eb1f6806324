/// The sockets of this node: the adapter that serves one node, and that an adapter for several nodes wraps.
///
/// Start at [waybill.socketio.local.LocalAdapter].
package waybill.socketio.local;
