package waybill.socketio;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.socketio.adapter.Adapter.RestoredSession;
import waybill.socketio.adapter.FrameOptions;
import waybill.socketio.adapter.Packet;
import waybill.socketio.packet.JsonWriter;

/// A client that wants to join a namespace: restores its session, if there is one, runs the middlewares, and
/// admits or rejects it. Belongs to the connection's event loop; a middleware may answer from anywhere.
final class NamespaceHandshake {

    private static final Logger LOG = LoggerFactory.getLogger(NamespaceHandshake.class);

    private final String socketId; // of a client without a session to restore
    private final Connection connection;
    private final Namespace namespace;
    private final Socket socket;
    private String offset = ""; // of the last packet that a recovering client has received

    NamespaceHandshake(String socketId, Connection connection, Namespace namespace, Handshake handshake) {
        this.socketId = socketId;
        this.connection = connection;
        this.namespace = namespace;
        this.socket = new Socket(namespace, connection, handshake, socketId);
    }

    /// The socket, not yet connected.
    Socket start() {
        var auth =
                namespace.adapter().supportsRecovery() ? socket.handshake().auth() : Map.<String, @Nullable Object>of();
        if (auth.get("pid") instanceof String pid) {
            offset = auth.get("offset") instanceof String text ? text : "";
            var loop = connection.engine().loop();
            Runnable restore = () -> namespace.adapter().restoreSession(pid, offset, loop, this::runMiddlewares);
            var live = namespace.socketsByPid().get(pid);
            if (live == null) {
                restore.run();
            } else {
                live.replaced(restore);
            }
        } else {
            connection.engine().loop().execute(() -> runMiddlewares(Optional.empty()));
        }
        return socket;
    }

    private void runMiddlewares(Optional<RestoredSession> restored) {
        var recovery = namespace.config().recovery();
        var middlewares = namespace.handlers().middlewares.iterator();
        restored.ifPresent(found -> socket.restore(found.session()));
        if (!middlewares.hasNext() || (restored.isPresent() && recovery != null && recovery.skipMiddlewares())) {
            connect(restored);
        } else {
            runNext(middlewares, restored);
        }
    }

    /// Every middleware has let it pass. One that was here before may have missed more in the meantime.
    private void onAccepted(Optional<RestoredSession> restored) {
        if (restored.isPresent() && socket.discardsRecovery()) {
            restored.get().session().onExpired().run();
            socket.resetId(socketId);
            connect(Optional.empty());
            return;
        }
        if (restored.isEmpty() || connection.engine().isClosed()) {
            connect(restored);
            return;
        }
        var session = restored.get().session();
        namespace.adapter().persistSession(session);
        namespace
                .adapter()
                .restoreSession(session.pid(), offset, connection.engine().loop(), this::connect);
    }

    private void runNext(Iterator<Middleware> rest, Optional<RestoredSession> restored) {
        if (!rest.hasNext()) {
            onAccepted(restored);
            return;
        }
        var decided = new AtomicBoolean();
        var next = new Middleware.Next() {
            @Override
            public void proceed() {
                if (decided.compareAndSet(false, true)) {
                    connection.engine().onLoop(() -> runNext(rest, restored));
                }
            }

            @Override
            public void reject(String message, @Nullable Object data) {
                if (decided.compareAndSet(false, true)) {
                    connection.engine().onLoop(() -> {
                        restored.ifPresent(found -> found.session().onExpired().run());
                        NamespaceHandshake.this.reject(message, data);
                    });
                }
            }
        };
        try {
            rest.next().check(socket, next);
        } catch (RuntimeException e) {
            LOG.error("middleware of {} failed, so the client is refused", namespace.name(), e);
            next.reject("Internal error");
        }
    }

    private void reject(String message, @Nullable Object data) {
        if (connection.engine().isClosed()) {
            connection.removeSocket(socket);
            return;
        }
        var error = new LinkedHashMap<String, @Nullable Object>();
        error.put("message", message);
        if (data != null) {
            error.put("data", data);
        }
        connection.send(new Packet.ConnectError(namespace.name(), JsonWriter.json(error)), FrameOptions.RELIABLE);
        connection.removeSocket(socket);
    }

    private void connect(Optional<RestoredSession> restored) {
        if (connection.engine().isClosed()) {
            restored.ifPresent(found -> namespace.adapter().persistSession(found.session()));
            connection.removeSocket(socket);
            return;
        }
        connection.onJoined();
        socket.connect(restored);
    }
}
