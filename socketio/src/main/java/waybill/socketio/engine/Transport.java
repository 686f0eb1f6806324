package waybill.socketio.engine;

/// How the packets of a session travel.
public enum Transport {
    POLLING,
    WEBSOCKET
}
