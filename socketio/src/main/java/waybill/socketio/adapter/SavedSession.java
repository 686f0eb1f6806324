package waybill.socketio.adapter;

import java.util.List;
import org.jspecify.annotations.Nullable;
import waybill.socketio.packet.Packet;

/// What is kept of a socket that went away: who it was, where it was, and what it was asked and had not answered.
///
/// @param pid the secret by which the client proves that the session is its own
/// @param offset where in what is remembered the socket's connection began
/// @param ackOffset the last packet there that asked this socket for an ack
/// @param pendingAcks packets that ask for an ack, which the client may never have seen
/// @param onExpired what is to be done if the client does not come back in time
public record SavedSession(
        String pid,
        String id,
        List<String> rooms,
        @Nullable Object data,
        long offset,
        long ackOffset,
        List<PendingAck> pendingAcks,
        Runnable onExpired) {

    /// A packet to be sent again. `acks` is who waits for its ack, if it asks for one.
    public record PendingAck(
            Packet.Event packet, long sequence, @Nullable AckSink acks) {}
}
