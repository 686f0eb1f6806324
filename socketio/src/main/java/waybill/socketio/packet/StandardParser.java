package waybill.socketio.packet;

import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.PacketLimits;
import waybill.socketio.adapter.PacketParser;

/// The parser of the protocol itself: JSON text, and attachments beside it.
public enum StandardParser implements PacketParser {
    INSTANCE;

    @Override
    public EncodedMessages encode(Packet packet) {
        return new EncodedMessages(PacketCodec.encode(packet), PacketCodec.attachments(packet));
    }

    @Override
    public PacketStreamDecoder decoder(PacketLimits limits, NamespaceFilter admission) {
        return new PacketDecoder(limits, admission);
    }
}
