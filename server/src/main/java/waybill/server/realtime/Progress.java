package waybill.server.realtime;

import waybill.socketio.Socket;

/// How far one socket is along the log: up to which event it has been sent what concerns it, and up to which it is
/// known to have received that. Written on the socket's event loop, read by any thread.
final class Progress {

    /// Before it is known where the socket begins.
    static final long UNKNOWN = -1;

    private final Socket socket;
    private volatile long sent = UNKNOWN;
    private volatile long received = UNKNOWN;
    private boolean asking;

    Progress(Socket socket) {
        this.socket = socket;
    }

    /// It has all up to that event, and nothing behind it.
    void begin(long sequence) {
        sent = sequence;
        received = sequence;
    }

    boolean hasBegun() {
        return received != UNKNOWN;
    }

    /// It was sent the event, or all that concerns it up to there. `onReceived` is run when it has received more.
    void sentUpTo(long sequence, Runnable onReceived) {
        if (sequence > sent) {
            sent = sequence;
        }
        ask(onReceived);
    }

    private void ask(Runnable onReceived) {
        if (asking || sent <= received) {
            return;
        }
        asking = true;
        var upTo = sent;
        socket.received().thenRun(() -> {
            asking = false;
            received = Math.max(received, upTo);
            onReceived.run();
            ask(onReceived);
        });
    }

    /// Whether something was sent that may not have arrived.
    boolean isUnconfirmed() {
        return sent > received;
    }

    /// From where on it must be sent again what concerns it: [#UNKNOWN] before it has begun.
    ///
    /// @param settled an event up to which all that concerned the socket has been sent to it, if it is live
    long resumeFrom(long settled) {
        var known = received; // read first: what is sent meanwhile is not received
        return known == UNKNOWN || sent > known ? known : Math.max(known, settled);
    }
}
