package waybill.socketio.adapter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One Socket.IO packet, whole: a binary event has its attachments with it. Immutable, so one packet may be
/// shared by every receiver of a broadcast; the attachments must not be modified.
public sealed interface Packet {

    /// The ack id of a packet that wants no ack.
    long NO_ACK = -1;

    /// The largest ack id on the wire: what a JavaScript number holds exactly, 2^53 - 1.
    long ACK_ID_MAX = 9_007_199_254_740_991L;

    String namespace();

    /// `auth` is the JSON object that the client sent along, or the server's `{"sid":…}`.
    record Connect(String namespace, @Nullable String auth) implements Packet {}

    record Disconnect(String namespace) implements Packet {}

    /// `data` is a JSON array; its first element is the event's name.
    record Event(String namespace, long ackId, JsonText data, List<byte[]> attachments) implements Packet {

        public boolean wantsAck() {
            return ackId != NO_ACK;
        }
    }

    record AckPacket(String namespace, long ackId, JsonText data, List<byte[]> attachments) implements Packet {}

    /// `data` is JSON, by custom an object with a `message` and perhaps `data`.
    record ConnectError(String namespace, String data) implements Packet {}
}
