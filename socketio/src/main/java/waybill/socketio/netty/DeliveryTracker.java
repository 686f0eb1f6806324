package waybill.socketio.netty;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// What the client of a connection has confirmed to have received. What was written to a connection may still be
/// lost with it; this uses the client's transport, which confirms without the application: a WebSocket sends the
/// pong to a ping frame that stands behind what was sent, and a client that polls comes with its next poll when
/// it has read the last one.
///
/// Belongs to the connection's event loop. One request is under way at a time, and one more gathers all calls
/// meanwhile, so a connection never holds more than two.
final class DeliveryTracker {

    private final EngineSocket socket;
    private final FrameWriter writer;
    private @Nullable CompletableFuture<Void> current;
    private @Nullable CompletableFuture<Void> next;
    private boolean awaitsPoll;
    private long number;

    DeliveryTracker(EngineSocket socket, FrameWriter writer) {
        this.socket = socket;
        this.writer = writer;
    }

    /// Done when all that was sent so far is received.
    CompletionStage<Void> whenReceived() {
        if (current == null) {
            var requested = new CompletableFuture<Void>();
            current = requested;
            startRequest();
            return requested;
        }
        var waiting = next;
        if (waiting == null) {
            waiting = new CompletableFuture<>();
            next = waiting;
        }
        return waiting;
    }

    private void startRequest() {
        var drained = new CompletableFuture<Void>();
        drained.thenRun(this::sendRequest);
        writer.completeWhenDrained(drained);
    }

    private void sendRequest() {
        if (writer.webSocket() != null) {
            writer.ping(++number);
        } else if (socket.transports().hasPendingPoll()) {
            completeCurrent(); // it came after the last answer was read
        } else {
            awaitsPoll = true;
        }
    }

    void onPong(long answered) {
        if (answered == number) {
            completeCurrent();
        }
    }

    void onPoll() {
        if (awaitsPoll) {
            awaitsPoll = false;
            completeCurrent();
        }
    }

    /// The client has moved to a WebSocket, and may have done so before it read its last poll.
    void onUpgraded() {
        if (awaitsPoll) {
            awaitsPoll = false;
            startRequest();
        }
    }

    private void completeCurrent() {
        var received = current;
        var waiting = next;
        current = waiting;
        next = null;
        if (waiting != null) {
            startRequest();
        }
        if (received != null) {
            received.complete(null); // last, for it may ask for more
        }
    }
}
