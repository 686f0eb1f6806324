package waybill.socketio.packet;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The packets of one connection, put together from its messages: a text, and the attachments that it announces.
///
/// At most `attachmentsMax` messages are held back, each no larger than the transport lets through; a packet that
/// announces more is refused. Belongs to its connection's event loop.
public final class PacketDecoder {

    private final int attachmentsMax;
    private @Nullable Packet waiting;
    private int missing;
    private List<byte[]> attachments = List.of();

    public PacketDecoder(int attachmentsMax) {
        this.attachmentsMax = attachmentsMax;
    }

    /// A text message: a packet, or null while attachments are missing.
    public @Nullable Packet text(String text) throws ProtocolException {
        if (waiting != null) {
            throw new ProtocolException("text message (expected: " + missing + " more attachments)");
        }
        var head = PacketCodec.decode(text, attachmentsMax);
        if (head.attachments() == 0) {
            return head.packet();
        }
        waiting = head.packet();
        missing = head.attachments();
        attachments = new ArrayList<>(missing);
        return null;
    }

    /// A binary message: the packet that it completes, or null while more are missing.
    public @Nullable Packet binary(byte[] bytes) throws ProtocolException {
        var packet = waiting;
        if (packet == null) {
            throw new ProtocolException("binary message (expected: none, as no packet announced one)");
        }
        attachments.add(bytes);
        if (--missing > 0) {
            return null;
        }
        var all = List.copyOf(attachments);
        waiting = null;
        attachments = List.of();
        return switch (packet) {
            case Packet.Event(var namespace, long id, var data, var _) -> new Packet.Event(namespace, id, data, all);
            case Packet.Ack(var namespace, long id, var data, var _) -> new Packet.Ack(namespace, id, data, all);
            case Packet.Connect _, Packet.Disconnect _, Packet.ConnectError _ ->
                throw new IllegalStateException("a control packet waits for attachments");
        };
    }
}
