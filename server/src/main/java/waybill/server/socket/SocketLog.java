package waybill.server.socket;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.access.Principal;
import waybill.socketio.DisconnectReason;
import waybill.socketio.Namespace;
import waybill.socketio.Socket;

/// Logs each socket that connects or disconnects under the logger `waybill.sockets`: which user, on which namespace,
/// from which address, and why it went.
public final class SocketLog {

    /// Characters of a user's id that are shown.
    private static final int ID_MAX = 60;

    private static final Logger LOG = LoggerFactory.getLogger("waybill.sockets");

    private SocketLog() {}

    /// Logs the sockets of a namespace, whose own handlers were given before.
    public static void attach(Namespace namespace) {
        namespace.onConnection(SocketLog::connected);
        namespace.onDisconnect(SocketLog::disconnected);
    }

    private static void connected(Socket socket) {
        if (LOG.isInfoEnabled() && socket.connected()) {
            var user = user(socket);
            LOG.info(
                    "{} {} from {} {} as {}",
                    socket.namespace().name(),
                    user,
                    socket.handshake().address(),
                    socket.recovered() ? "came back" : "connected",
                    socket.id());
        }
    }

    private static void disconnected(Socket socket, DisconnectReason reason) {
        LOG.info(
                "{} {} from {} disconnected: {}, was {}",
                socket.namespace().name(),
                user(socket),
                socket.handshake().address(),
                reason.wireName(),
                socket.id());
    }

    private static String user(Socket socket) {
        Optional<Principal> principal =
                socket.data() instanceof SocketUser known ? known.principal() : Optional.empty();
        return principal
                .map(who -> EventTrace.printable(who.user().toString(), ID_MAX))
                .orElse("without a token");
    }
}
