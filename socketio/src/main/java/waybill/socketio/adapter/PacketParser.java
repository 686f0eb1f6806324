package waybill.socketio.adapter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How packets are written to messages and read from them. Both sides of a connection use the same one; clients
/// use that of the protocol itself unless they are configured otherwise. Thread-safe; a [PacketStreamDecoder] belongs
/// to one
/// connection's event loop.
public interface PacketParser {

    EncodedMessages encode(Packet packet);

    /// A decoder of one connection.
    PacketStreamDecoder decoder(PacketLimits limits, NamespaceFilter admission);

    /// The messages of one packet: a text, none where it is empty, and binary ones behind it.
    record EncodedMessages(String text, List<byte[]> binary) {}

    /// Makes packets of a client's messages. A text or a binary message gives the packet that it completes, or
    /// null while more must follow. What is no packet is a [ProtocolException], which closes the connection.
    interface PacketStreamDecoder {

        @Nullable
        Packet decodeText(String text) throws ProtocolException;

        /// The bytes are the decoder's own.
        @Nullable
        Packet decodeBinary(byte[] bytes) throws ProtocolException;
    }

    /// Tells a decoder, before it gathers a packet that takes several messages, whether it will be handled.
    @FunctionalInterface
    interface NamespaceFilter {

        /// True where the client has joined the namespace, false where it has left it or was refused, so that the
        /// packet is to be dropped.
        ///
        /// @throws ProtocolException where it has never joined it
        boolean accepts(String namespace) throws ProtocolException;
    }
}
