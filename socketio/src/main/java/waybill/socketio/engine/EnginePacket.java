package waybill.socketio.engine;

/// One Engine.IO packet.
public sealed interface EnginePacket {

    record Open(String handshake) implements EnginePacket {}

    record Close() implements EnginePacket {}

    record Ping(String data) implements EnginePacket {}

    record Pong(String data) implements EnginePacket {}

    record Message(String text) implements EnginePacket {}

    /// A message of bytes. Not to be written to: it may be shared.
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    record Binary(byte[] bytes) implements EnginePacket {}

    record Upgrade() implements EnginePacket {}

    record Noop() implements EnginePacket {}
}
