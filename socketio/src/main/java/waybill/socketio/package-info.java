/// A Socket.IO v4 server: namespaces, sockets, rooms, events and acks, for any client of that protocol.
///
/// The names are those of the JavaScript server. Every callback of a socket runs on the
/// event loop that its connection belongs to and must not block; every method may be called from any thread.
///
/// Start at [waybill.socketio.SocketServer], then [waybill.socketio.Namespace] and [waybill.socketio.Socket].
package waybill.socketio;
