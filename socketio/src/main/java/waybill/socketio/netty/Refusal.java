package waybill.socketio.netty;

import io.netty.handler.codec.http.HttpResponseStatus;
import waybill.socketio.packet.JsonWriter;

/// Why a request was refused: the codes that every Engine.IO server answers with.
enum Refusal {
    TRANSPORT_UNKNOWN(0, "Transport unknown"),
    SESSION_UNKNOWN(1, "Session ID unknown"),
    BAD_HANDSHAKE_METHOD(2, "Bad handshake method"),
    BAD_REQUEST(3, "Bad request"),
    FORBIDDEN(4, "Forbidden"),
    PROTOCOL_UNSUPPORTED(5, "Unsupported protocol version");

    private final int code;
    private final String message;

    Refusal(int code, String message) {
        this.code = code;
        this.message = message;
    }

    HttpResponseStatus status() {
        return this == FORBIDDEN ? HttpResponseStatus.FORBIDDEN : HttpResponseStatus.BAD_REQUEST;
    }

    String json() {
        return json(message);
    }

    String json(String saying) {
        return "{\"code\":" + code + ",\"message\":" + JsonWriter.json(saying) + "}";
    }
}
