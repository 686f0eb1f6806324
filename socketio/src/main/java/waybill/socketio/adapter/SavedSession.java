package waybill.socketio.adapter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is stored of a socket that disconnected: its identity, its rooms, and the acks that it had not sent.
///
/// @param pid the secret by which the client proves that the session is its own
/// @param offset where in the stored packets the socket's connection began
/// @param ackOffset the last packet there that wants an ack from this socket
/// @param pendingAcks packets that ask for an ack, which the client may never have seen
/// @param onExpired what runs if the client does not reconnect in time
public record SavedSession(
        String pid,
        String id,
        List<String> rooms,
        @Nullable Object data,
        long offset,
        long ackOffset,
        List<PendingAck> pendingAcks,
        Runnable onExpired) {

    /// A packet to be sent again. `acks` receives its ack, if it wants one.
    public record PendingAck(
            Packet.Event packet, long sequence, @Nullable AckSink acks) {}
}
