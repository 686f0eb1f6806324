/// How a namespace reaches its sockets, be they on this node or on others: the door for a cluster.
///
/// [waybill.socketio.adapter.LocalAdapter] knows one node. An adapter for many wraps one of those: it tells the other
/// nodes what it is asked, and its own sockets through the local one.
///
/// Start at [waybill.socketio.adapter.Adapter].
package waybill.socketio.adapter;
