package waybill.socketio.packet;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.PacketLimits;
import waybill.socketio.adapter.PacketParser;
import waybill.socketio.adapter.ProtocolException;

/// The packets of one connection, put together from its messages: a text, and the attachments that it announces.
///
/// Attachments are gathered for a namespace that the client has joined, and for no other; a packet that announces too
/// many, or that grows too large with them, is refused. Belongs to its connection's event loop.
public final class PacketDecoder implements PacketParser.PacketStreamDecoder {

    private final PacketLimits limits;
    private final PacketParser.NamespaceFilter admission;
    private @Nullable Packet incomplete;
    private int missing;
    private int remainingBytes;
    private boolean gathers;
    private List<byte[]> attachments = List.of();

    public PacketDecoder(PacketLimits limits, PacketParser.NamespaceFilter admission) {
        this.limits = limits;
        this.admission = admission;
    }

    /// A text message: a packet, or null while attachments are missing.
    @Override
    public @Nullable Packet decodeText(String text) throws ProtocolException {
        if (incomplete != null) {
            throw new ProtocolException("text message (expected: " + missing + " more attachments)");
        }
        var head = PacketCodec.decode(text, limits);
        if (head.attachments() == 0) {
            return head.packet();
        }
        gathers = admission.accepts(head.packet().namespace());
        incomplete = head.packet();
        missing = head.attachments();
        remainingBytes = limits.bytesMax() - text.length();
        attachments = gathers ? new ArrayList<>(missing) : List.of();
        return null;
    }

    /// A binary message: the packet that it completes, or null while more are missing, or where the packet is for a
    /// namespace that the client has left.
    @Override
    public @Nullable Packet decodeBinary(byte[] bytes) throws ProtocolException {
        var packet = incomplete;
        if (packet == null) {
            throw new ProtocolException("binary message (expected: none, as no packet announced one)");
        }
        remainingBytes -= bytes.length;
        if (remainingBytes < 0) {
            throw new ProtocolException(
                    "packet: too large with its attachments (expected: at most " + limits.bytesMax() + " bytes)");
        }
        if (gathers) {
            attachments.add(bytes);
        }
        if (--missing > 0) {
            return null;
        }
        var all = List.copyOf(attachments);
        incomplete = null;
        attachments = List.of();
        return gathers ? withAttachments(packet, all) : null;
    }

    private static Packet withAttachments(Packet packet, List<byte[]> attachments) {
        return switch (packet) {
            case Packet.Event(var namespace, long id, var data, var _) ->
                new Packet.Event(namespace, id, data, attachments);
            case Packet.AckPacket(var namespace, long id, var data, var _) ->
                new Packet.AckPacket(namespace, id, data, attachments);
            case Packet.Connect _, Packet.Disconnect _, Packet.ConnectError _ ->
                throw new IllegalStateException("a control packet waits for attachments");
        };
    }
}
