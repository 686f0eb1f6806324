package waybill.socketio;

import java.util.Locale;
import waybill.socketio.netty.ReportedError;

/// A request that was refused, or a connection that was closed for what its client did: what an operator counts and
/// logs. Reported on the event loop of the connection.
///
/// @param reason one of few, to be counted
/// @param message what was wrong and what was expected, in one line of at most [#MESSAGE_MAX] characters
/// @param address that of the client, as far as it is known; else empty
public record ConnectionError(Reason reason, String message, String address) {

    public static final int MESSAGE_MAX = ReportedError.MESSAGE_MAX;

    /// The first six are those of every Engine.IO server, in the order of their codes.
    public enum Reason {
        TRANSPORT_UNKNOWN,
        SESSION_UNKNOWN,
        BAD_HANDSHAKE_METHOD,
        BAD_REQUEST,
        FORBIDDEN,
        PROTOCOL_UNSUPPORTED,
        /// Too many sessions or connections, from one address or in all, or the server stops.
        TOO_MANY,
        /// Connections that have joined no namespace hold too much memory together.
        MEMORY,
        /// A request, frame or message beyond the limit.
        TOO_LARGE,
        /// A frame, an engine packet or a Socket.IO packet that breaks the protocol.
        PROTOCOL_ERROR,
        /// More waits for the client than may.
        OUTBOX_FULL;

        /// As a label of a metric: `session_unknown`.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static ConnectionError of(ReportedError error) {
        return new ConnectionError(Reason.valueOf(error.reason().name()), error.message(), error.address());
    }
}
