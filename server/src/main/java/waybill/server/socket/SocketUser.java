package waybill.server.socket;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import waybill.access.Principal;
import waybill.hub.presence.UserConnection;
import waybill.socketio.Socket;

/// The data that a namespace attaches to a socket, as far as other classes need it.
public interface SocketUser {

    /// The user of the socket; empty while it has sent no token.
    Optional<Principal> principal();

    /// The socket as administrators see it.
    static UserConnection connection(Socket socket, long connectedAtMs) {
        return new UserConnection(
                socket.id(),
                socket.namespace().name(),
                socket.transport().name().toLowerCase(Locale.ROOT),
                Instant.ofEpochMilli(connectedAtMs));
    }
}
