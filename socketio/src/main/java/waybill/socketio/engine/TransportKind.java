package waybill.socketio.engine;

/// How the packets of a session travel.
public enum TransportKind {
    POLLING,
    WEBSOCKET
}
