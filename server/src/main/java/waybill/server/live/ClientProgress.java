package waybill.server.live;

import waybill.socketio.Socket;

/// How far one socket is along the log: up to which event it has been sent what concerns it, and up to which it is
/// known to have received that. Written on the socket's event loop, read by any thread.
final class ClientProgress {

    /// Before it is known where the socket begins.
    static final long UNKNOWN = -1;

    private final Socket socket;
    private volatile long sent = UNKNOWN;
    private volatile long received = UNKNOWN;
    private boolean isConfirming;

    ClientProgress(Socket socket) {
        this.socket = socket;
    }

    /// It has all up to that event, and nothing behind it.
    void start(long sequence) {
        sent = sequence;
        received = sequence;
    }

    boolean hasStarted() {
        return received != UNKNOWN;
    }

    /// It was sent the event, or all that concerns it up to there. `onReceived` is run when it has received more.
    void sentUpTo(long sequence, Runnable onReceived) {
        if (sequence > sent) {
            sent = sequence;
        }
        confirmReceived(onReceived);
    }

    private void confirmReceived(Runnable onReceived) {
        if (isConfirming || sent <= received) {
            return;
        }
        isConfirming = true;
        var upTo = sent;
        socket.whenReceived().thenRun(() -> {
            isConfirming = false;
            received = Math.max(received, upTo);
            onReceived.run();
            confirmReceived(onReceived);
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
