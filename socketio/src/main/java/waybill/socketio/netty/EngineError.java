package waybill.socketio.netty;

import io.netty.handler.codec.http.HttpResponseStatus;
import waybill.socketio.packet.JsonWriter;

/// Why a request was refused: the codes that every Engine.IO server answers with.
enum EngineError {
    TRANSPORT_UNKNOWN(0, "Transport unknown", ConnectionError.Reason.TRANSPORT_UNKNOWN),
    SESSION_UNKNOWN(1, "Session ID unknown", ConnectionError.Reason.SESSION_UNKNOWN),
    BAD_HANDSHAKE_METHOD(2, "Bad handshake method", ConnectionError.Reason.BAD_HANDSHAKE_METHOD),
    BAD_REQUEST(3, "Bad request", ConnectionError.Reason.BAD_REQUEST),
    FORBIDDEN(4, "Forbidden", ConnectionError.Reason.FORBIDDEN),
    PROTOCOL_UNSUPPORTED(5, "Unsupported protocol version", ConnectionError.Reason.PROTOCOL_UNSUPPORTED);

    private final int code;
    private final String message;
    private final ConnectionError.Reason reason;

    EngineError(int code, String message, ConnectionError.Reason reason) {
        this.code = code;
        this.message = message;
        this.reason = reason;
    }

    HttpResponseStatus status() {
        return this == FORBIDDEN ? HttpResponseStatus.FORBIDDEN : HttpResponseStatus.BAD_REQUEST;
    }

    String message() {
        return message;
    }

    ConnectionError.Reason reason() {
        return reason;
    }

    String json() {
        return json(message);
    }

    String json(String text) {
        return "{\"code\":" + code + ",\"message\":" + JsonWriter.json(text) + "}";
    }
}
