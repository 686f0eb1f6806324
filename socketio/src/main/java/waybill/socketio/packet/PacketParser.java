package waybill.socketio.packet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How packets are written to messages and read from them. Both sides of a connection use the same one; clients use
/// [#STANDARD] where they are not told otherwise. Thread-safe; a [Decoder] belongs to one connection's event loop.
public interface PacketParser {

    /// The parser of the protocol itself: JSON text, and attachments beside it.
    PacketParser STANDARD = new PacketParser() {
        @Override
        public Messages encode(Packet packet) {
            return new Messages(PacketCodec.encode(packet), PacketCodec.attachments(packet));
        }

        @Override
        public Decoder decoder(PacketLimits limits, Admission admission) {
            return new PacketDecoder(limits, admission);
        }
    };

    Messages encode(Packet packet);

    /// A decoder of one connection.
    Decoder decoder(PacketLimits limits, Admission admission);

    /// The messages of one packet: a text, none where it is empty, and binary ones behind it.
    record Messages(String text, List<byte[]> binary) {}

    /// Makes packets of a client's messages. A text or a binary message gives the packet that it completes, or null
    /// while more must follow. What is no packet is a [ProtocolException], which closes the connection.
    interface Decoder {

        @Nullable
        Packet text(String text) throws ProtocolException;

        /// The bytes are the decoder's own.
        @Nullable
        Packet binary(byte[] bytes) throws ProtocolException;
    }

    /// Tells a decoder, before it gathers a packet that takes several messages, whether it will be handled.
    @FunctionalInterface
    interface Admission {

        /// True where the client has joined the namespace, false where it has left it or was refused, so that the
        /// packet is to be dropped.
        ///
        /// @throws ProtocolException where it has never joined it
        boolean admits(String namespace) throws ProtocolException;
    }
}
