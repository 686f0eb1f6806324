package waybill.socketio.netty;

import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import waybill.socketio.engine.Session;

/// The one WebSocket that may take over a connection which polls: from the request for it to the end of its probe.
/// The first request counts, not the first WebSocket that is open, since each may be opened by another event loop.
/// Belongs to the connection's event loop.
final class UpgradeProbe {

    /// How long a request waits during an upgrade: it may have overtaken the packets on the WebSocket.
    static final int DELAY_MS = 50;

    private final EngineSocket socket;
    private @Nullable HttpExchange request;
    private @Nullable WebSocketTransport transport;
    private @Nullable ScheduledFuture<?> timeout;

    UpgradeProbe(EngineSocket socket) {
        this.socket = socket;
    }

    private Session session() {
        return socket.session();
    }

    private long nowMs() {
        return EngineServer.nowMs(socket.loop());
    }

    /// The WebSocket that probes.
    @Nullable
    WebSocketTransport transport() {
        return transport;
    }

    /// A WebSocket for this session is about to be opened.
    void onRequest(HttpExchange exchange) {
        if (session().probeAsked()) {
            request = exchange;
        }
    }

    /// The WebSocket could not be opened.
    void onFailed(HttpExchange exchange) {
        if (request == exchange) {
            request = null;
            session().probeNotOpened();
        }
    }

    /// The WebSocket is open. One that may not take the session over is closed.
    void onOpen(HttpExchange exchange, WebSocketTransport opened) {
        if (request == exchange && session().probeOpened(nowMs())) {
            transport = opened;
            timeout = socket.loop()
                    .schedule(
                            () -> session().tick(nowMs()),
                            socket.server().timing().upgradeTimeoutMs(),
                            TimeUnit.MILLISECONDS);
        } else {
            closeSecond(opened);
        }
        if (request == exchange) {
            request = null;
        }
    }

    /// Closes a WebSocket that may not take the session over, behind what is sent on the one that does.
    private void closeSecond(WebSocketTransport second) {
        var first = transport != null ? transport : socket.writer().webSocket();
        if (first == null && request == null) {
            second.closeWith(WebSocketClose.NORMAL);
            return;
        }
        var executor = first == null ? socket.loop() : first.ctx().executor();
        int afterMs = first == null || transport != null ? DELAY_MS : 0;
        executor.schedule(() -> second.closeWith(WebSocketClose.NORMAL), afterMs, TimeUnit.MILLISECONDS);
    }

    /// The WebSocket has taken the session over, or is closed.
    void end() {
        transport = null;
        if (timeout != null) {
            timeout.cancel(false);
            timeout = null;
        }
    }
}
