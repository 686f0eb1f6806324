/// How a namespace reaches its sockets, on this node or on others: the extension point for a cluster.
///
/// [waybill.socketio.adapter.LocalAdapter] serves one node. An adapter for several nodes wraps one: it publishes
/// each request to the other nodes, and reaches its own sockets through the local one.
///
/// Start at [waybill.socketio.adapter.Adapter].
package waybill.socketio.adapter;
