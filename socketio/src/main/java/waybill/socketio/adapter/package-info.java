/// The extension points: how a namespace reaches its sockets, on this node or on others, and how packets are written
/// and read.
///
/// The server has an adapter for one node. An adapter for several nodes wraps it: it publishes each request to the
/// other nodes, and reaches its own sockets through the local one. Everything else here is what an adapter or a parser
/// is given: packets, receivers and options.
///
/// Start at [waybill.socketio.adapter.Adapter], and at [waybill.socketio.adapter.PacketParser] for packets.
package waybill.socketio.adapter;
