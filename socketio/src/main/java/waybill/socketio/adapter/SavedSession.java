package waybill.socketio.adapter;

import java.util.List;
import org.jspecify.annotations.Nullable;
import waybill.socketio.packet.Packet;

/// What is kept of a socket that went away: who it was, where it was, and what it was asked and had not answered.
///
/// @param pid the secret by which the client proves that the session is its own
/// @param mark where in what is remembered the socket's connection began
/// @param askedMark the last packet there that asked this socket for an ack
/// @param unanswered packets that ask for an ack, which the client may never have seen
/// @param expired what is to be done if the client does not come back in time
public record SavedSession(
        String pid,
        String id,
        List<String> rooms,
        @Nullable Object data,
        long mark,
        long askedMark,
        List<Asked> unanswered,
        Runnable expired) {

    /// A packet to be sent again. `answers` is who waits for its ack, if it asks for one.
    public record Asked(
            Packet.Event packet, long number, @Nullable Answers answers) {}
}
