package waybill.socketio.local;

import waybill.socketio.adapter.AckSink;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.SocketDetails;

/// A socket of this node, as its adapter handles it: what [waybill.socketio.room.Member#socket] is. Called on the
/// socket's event loop.
public interface LocalSocket {

    /// Sends `packet`, which wants an ack; `number` is its place in the stored packets, if packets are stored.
    void emitWithAck(Packet.Event packet, long number, AckSink answers);

    void join(Iterable<String> rooms);

    void leave(Iterable<String> rooms);

    void disconnect(boolean close);

    SocketDetails details();

    /// Tells the application's catch-all handlers that `packet` was sent to this socket.
    void onSent(Packet.Event packet);
}
