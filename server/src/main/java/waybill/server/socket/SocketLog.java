package waybill.server.socket;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.access.Principal;
import waybill.socketio.DisconnectReason;
import waybill.socketio.Namespace;
import waybill.socketio.Socket;

/// Logs each socket that connects or disconnects under the logger `waybill.sockets`: its user, namespace and
/// address, and the reason of the disconnect.
public final class SocketLog {

    /// Characters of a user's id in the log.
    private static final int ID_MAX = 60;

    private static final Logger LOG = LoggerFactory.getLogger("waybill.sockets");

    private SocketLog() {}

    /// Logs the sockets of a namespace, after its own handlers.
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
                    socket.recovered() ? "reconnected" : "connected",
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
                .map(user -> EventTrace.printable(user.user().toString(), ID_MAX))
                .orElse("without a token");
    }
}
