package waybill.server.adminui;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import waybill.socketio.Socket;

/// The socket of an administrator, and the changes that it has yet to be sent. Belongs to the thread of the
/// [AdminFeed].
final class AdminConnection {

    /// Changes that wait for a slow page. With one more they are dropped, and the page is sent all sockets anew.
    static final int BACKLOG_MAX = 2_000;

    /// Changes that are sent at once; the next when they have left the hub.
    private static final int SEND_MAX = 500;

    /// How long a page waits for all sockets anew, at least.
    private static final long RESYNC_AFTER_MS = 10_000;

    final Socket socket;
    private final SocketRendering rendering;
    private final Deque<SocketChange> backlog = new ArrayDeque<>();
    private boolean isSynced;
    private long syncNotBeforeMs = Long.MIN_VALUE;
    private CompletableFuture<Void> drained = CompletableFuture.completedFuture(null);

    AdminConnection(Socket socket, SocketRendering rendering) {
        this.socket = socket;
        this.rendering = rendering;
    }

    /// Whether what was sent before has left the hub.
    boolean isDrained() {
        return drained.isDone();
    }

    boolean needsSync(long nowMs) {
        return !isSynced && isDrained() && nowMs >= syncNotBeforeMs;
    }

    /// Sends all sockets; from now on it is sent their changes.
    void sync(List<Map<String, @Nullable Object>> sockets, long nowMs) {
        isSynced = true;
        syncNotBeforeMs = nowMs + RESYNC_AFTER_MS;
        backlog.clear();
        socket.emit("all_sockets", sockets);
        drained = socket.whenDrained().toCompletableFuture();
    }

    /// It needs all sockets anew.
    void resync() {
        isSynced = false;
        backlog.clear();
    }

    void send(List<SocketChange> changes) {
        if (!isSynced) {
            return;
        }
        if (backlog.size() + changes.size() > BACKLOG_MAX) {
            resync();
            return;
        }
        backlog.addAll(changes);
        if (!isDrained() || backlog.isEmpty()) {
            return;
        }
        for (int i = 0; i < SEND_MAX && !backlog.isEmpty(); i++) {
            send(backlog.removeFirst());
        }
        drained = socket.whenDrained().toCompletableFuture();
    }

    private void send(SocketChange change) {
        var subject = change.socket();
        var namespace = subject.namespace().name();
        switch (change) {
            case SocketChange.Observed observed ->
                socket.emit("socket_connected", rendering.socket(subject, observed.rooms()), observed.at());
            case SocketChange.Disconnected gone ->
                socket.emit("socket_disconnected", namespace, subject.id(), gone.reason(), gone.at());
            case SocketChange.RoomJoined joined ->
                socket.emit("room_joined", namespace, joined.room(), subject.id(), joined.at());
            case SocketChange.RoomLeft left ->
                socket.emit("room_left", namespace, left.room(), subject.id(), left.at());
            case SocketChange.Updated _ ->
                socket.emit(
                        "socket_updated",
                        Map.of(
                                "id",
                                subject.id(),
                                "nsp",
                                namespace,
                                "transport",
                                SocketRendering.transport(subject),
                                "data",
                                SocketRendering.data(subject)));
            case SocketChange.Event event ->
                socket.emit(
                        event.isSent() ? "event_sent" : "event_received",
                        namespace,
                        subject.id(),
                        event.shown(),
                        event.at());
        }
    }

    /// Sends the figures of the hub; a slow page skips them.
    void sendStats(Map<String, @Nullable Object> stats) {
        if (isDrained()) {
            socket.emit("server_stats", stats);
        }
    }
}
