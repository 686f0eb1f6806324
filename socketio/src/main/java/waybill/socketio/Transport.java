package waybill.socketio;

import waybill.socketio.engine.TransportKind;

/// How the packets of a connection travel.
public enum Transport {
    POLLING(TransportKind.POLLING),
    WEBSOCKET(TransportKind.WEBSOCKET);

    private final TransportKind kind;

    Transport(TransportKind kind) {
        this.kind = kind;
    }

    TransportKind kind() {
        return kind;
    }

    static Transport of(TransportKind kind) {
        return switch (kind) {
            case POLLING -> POLLING;
            case WEBSOCKET -> WEBSOCKET;
        };
    }
}
