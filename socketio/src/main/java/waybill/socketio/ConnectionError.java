package waybill.socketio;

import waybill.socketio.netty.HandshakeRequest;

/// Why the server closed a connection whose client broke the protocol.
///
/// @param request the request with which the connection began
/// @param reason what was wrong and what was expected: one short line without control characters, fit for a log
public record ConnectionError(HandshakeRequest request, String reason) {

    private static final int REASON_MAX = 200;

    static ConnectionError of(HandshakeRequest request, String reason) {
        var line = new StringBuilder();
        for (int i = 0; i < reason.length() && i < REASON_MAX; i++) {
            char c = reason.charAt(i);
            line.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return new ConnectionError(
                request, line.append(reason.length() > REASON_MAX ? "…" : "").toString());
    }
}
