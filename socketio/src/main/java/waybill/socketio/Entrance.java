package waybill.socketio;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.socketio.adapter.Adapter.Restored;
import waybill.socketio.packet.JsonWriter;
import waybill.socketio.packet.Packet;
import waybill.socketio.room.Frame;

/// A client at the door of a namespace: looks whether it was here before, asks the middlewares, and lets it in or
/// not. Belongs to the connection's event loop; a middleware may answer from anywhere.
final class Entrance {

    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

    private final String socketId; // of a client that was not here before
    private final Connection connection;
    private final Namespace namespace;
    private final Socket socket;
    private String offset = ""; // of the last packet that a client which was here before has seen

    Entrance(String socketId, Connection connection, Namespace namespace, Handshake handshake) {
        this.socketId = socketId;
        this.connection = connection;
        this.namespace = namespace;
        this.socket = new Socket(namespace, connection, handshake, socketId);
    }

    /// The socket, not yet connected.
    Socket begin() {
        var auth = namespace.adapter().isRecovering() ? socket.handshake().auth() : Map.<String, @Nullable Object>of();
        if (auth.get("pid") instanceof String pid) {
            offset = auth.get("offset") instanceof String text ? text : "";
            var loop = connection.engine().loop();
            Runnable restore = () -> namespace.adapter().restore(pid, offset, loop, this::proceed);
            var live = namespace.byPid().get(pid);
            if (live == null) {
                restore.run();
            } else {
                live.overtaken(restore);
            }
        } else {
            connection.engine().loop().execute(() -> proceed(Optional.empty()));
        }
        return socket;
    }

    private void proceed(Optional<Restored> restored) {
        var recovery = namespace.config().recovery();
        var middlewares = namespace.behaviour().middlewares.iterator();
        restored.ifPresent(found -> socket.was(found.session()));
        if (!middlewares.hasNext() || (restored.isPresent() && recovery != null && recovery.skipMiddlewares())) {
            letIn(restored);
        } else {
            check(middlewares, restored);
        }
    }

    /// Every middleware has let it pass. One that was here before may have missed more in the meantime.
    private void passed(Optional<Restored> restored) {
        if (restored.isPresent() && socket.startsAnew()) {
            restored.get().session().expired().run();
            socket.restart(socketId);
            letIn(Optional.empty());
            return;
        }
        if (restored.isEmpty() || connection.engine().isClosed()) {
            letIn(restored);
            return;
        }
        var session = restored.get().session();
        namespace.adapter().persist(session);
        namespace.adapter().restore(session.pid(), offset, connection.engine().loop(), this::letIn);
    }

    private void check(Iterator<Middleware> rest, Optional<Restored> restored) {
        if (!rest.hasNext()) {
            passed(restored);
            return;
        }
        var decided = new AtomicBoolean();
        var next = new Middleware.Next() {
            @Override
            public void proceed() {
                if (decided.compareAndSet(false, true)) {
                    connection.engine().onLoop(() -> check(rest, restored));
                }
            }

            @Override
            public void refuse(String message, @Nullable Object data) {
                if (decided.compareAndSet(false, true)) {
                    connection.engine().onLoop(() -> {
                        restored.ifPresent(found -> found.session().expired().run());
                        Entrance.this.refuse(message, data);
                    });
                }
            }
        };
        try {
            rest.next().check(socket, next);
        } catch (RuntimeException e) {
            LOG.error("middleware of {} failed, so the client is refused", namespace.name(), e);
            next.refuse("Internal error");
        }
    }

    private void refuse(String message, @Nullable Object data) {
        if (connection.engine().isClosed()) {
            connection.forget(socket);
            return;
        }
        var error = new LinkedHashMap<String, @Nullable Object>();
        error.put("message", message);
        if (data != null) {
            error.put("data", data);
        }
        connection.send(new Packet.ConnectError(namespace.name(), JsonWriter.json(error)), Frame.Options.RELIABLE);
        connection.forget(socket);
    }

    private void letIn(Optional<Restored> restored) {
        if (connection.engine().isClosed()) {
            restored.ifPresent(found -> namespace.adapter().persist(found.session()));
            connection.forget(socket);
            return;
        }
        connection.joined();
        socket.connect(restored);
    }
}
