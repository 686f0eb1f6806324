package waybill.socketio.netty;

/// An error of a client, as `waybill.socketio.ConnectionError` describes it.
public record ReportedError(Reason reason, String message, String address) {

    public static final int MESSAGE_MAX = 200;

    /// What `waybill.socketio.ConnectionError.Reason` names in the same words.
    public enum Reason {
        TRANSPORT_UNKNOWN,
        SESSION_UNKNOWN,
        BAD_HANDSHAKE_METHOD,
        BAD_REQUEST,
        FORBIDDEN,
        PROTOCOL_UNSUPPORTED,
        TOO_MANY,
        MEMORY,
        TOO_LARGE,
        PROTOCOL_ERROR,
        OUTBOX_FULL
    }

    public ReportedError {
        message = oneLine(message);
    }

    private static String oneLine(String text) {
        var cut = text.length() > MESSAGE_MAX ? text.substring(0, MESSAGE_MAX - 1) + "…" : text;
        var line = new StringBuilder(cut.length());
        cut.codePoints().forEach(point -> line.appendCodePoint(Character.isISOControl(point) ? '?' : point));
        return line.toString();
    }
}
