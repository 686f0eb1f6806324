package waybill.socketio.packet;

/// JSON text that goes onto the wire as it is. Who makes one vouches that it is well-formed.
public record RawJson(String text) {}
