package waybill.socketio.netty;

import io.netty.handler.codec.http.HttpResponseStatus;
import waybill.socketio.packet.JsonWriter;

/// Why a request was refused: the codes that every Engine.IO server answers with.
enum EngineError {
    TRANSPORT_UNKNOWN(0, "Transport unknown", ReportedError.Reason.TRANSPORT_UNKNOWN),
    SESSION_UNKNOWN(1, "Session ID unknown", ReportedError.Reason.SESSION_UNKNOWN),
    BAD_HANDSHAKE_METHOD(2, "Bad handshake method", ReportedError.Reason.BAD_HANDSHAKE_METHOD),
    BAD_REQUEST(3, "Bad request", ReportedError.Reason.BAD_REQUEST),
    FORBIDDEN(4, "Forbidden", ReportedError.Reason.FORBIDDEN),
    PROTOCOL_UNSUPPORTED(5, "Unsupported protocol version", ReportedError.Reason.PROTOCOL_UNSUPPORTED);

    private final int code;
    private final String message;
    private final ReportedError.Reason reason;

    EngineError(int code, String message, ReportedError.Reason reason) {
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

    ReportedError.Reason reason() {
        return reason;
    }

    String json() {
        return json(message);
    }

    String json(String text) {
        return "{\"code\":" + code + ",\"message\":" + JsonWriter.json(text) + "}";
    }
}
