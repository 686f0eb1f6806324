package waybill.socketio.netty;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// What the client of a connection is known to have received. What was written to a connection may still be lost with
/// it;
/// this asks the client's transport, which answers without the application: a WebSocket sends the pong to a ping frame
/// that stands behind what was sent, and a client that polls comes with its next poll when it has read the last one.
///
/// Belongs to the connection's event loop. One question is under way at a time, and one more gathers all who ask
/// meanwhile, so a connection never holds more than two.
final class Deliveries {

    private final EngineSocket socket;
    private final Sending sending;
    private @Nullable CompletableFuture<Void> underWay;
    private @Nullable CompletableFuture<Void> next;
    private boolean awaitsPoll;
    private long number;

    Deliveries(EngineSocket socket, Sending sending) {
        this.socket = socket;
        this.sending = sending;
    }

    /// Done when all that was sent so far is received.
    CompletionStage<Void> received() {
        if (underWay == null) {
            var asked = new CompletableFuture<Void>();
            underWay = asked;
            ask();
            return asked;
        }
        var waiting = next;
        if (waiting == null) {
            waiting = new CompletableFuture<>();
            next = waiting;
        }
        return waiting;
    }

    private void ask() {
        var drained = new CompletableFuture<Void>();
        drained.thenRun(this::askNow);
        sending.whenDrained(drained);
    }

    private void askNow() {
        if (sending.webSocket() != null) {
            sending.ping(++number);
        } else if (socket.pollWaits()) {
            done(); // it came after the last answer was read
        } else {
            awaitsPoll = true;
        }
    }

    void pong(long answered) {
        if (answered == number) {
            done();
        }
    }

    void polled() {
        if (awaitsPoll) {
            awaitsPoll = false;
            done();
        }
    }

    /// The client has moved to a WebSocket, and may have done so before it read its last poll.
    void upgraded() {
        if (awaitsPoll) {
            awaitsPoll = false;
            ask();
        }
    }

    private void done() {
        var received = underWay;
        var waiting = next;
        underWay = waiting;
        next = null;
        if (waiting != null) {
            ask();
        }
        if (received != null) {
            received.complete(null); // last, for it may ask for more
        }
    }
}
