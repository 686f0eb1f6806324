package waybill.server.live;

import waybill.socketio.Socket;

/// The progress of one socket along the log: the last event that it was sent, and the last that it is known to have
/// received. Written on the socket's event loop, read by any thread.
final class ClientProgress {

    /// The start of the socket is not determined yet.
    static final long UNKNOWN = -1;

    private final Socket socket;
    private volatile long sent = UNKNOWN;
    private volatile long received = UNKNOWN;
    private volatile long connectedAfter = UNKNOWN;
    private boolean isConfirming;

    ClientProgress(Socket socket) {
        this.socket = socket;
    }

    /// The client is to receive the events after this one, for all their recipients, also if it is the first client of
    /// its user.
    void connectedAfter(long sequence) {
        connectedAfter = sequence;
    }

    long connectedAfter() {
        return connectedAfter;
    }

    /// It has all events up to this one, and none after it.
    void start(long sequence) {
        sent = sequence;
        received = sequence;
    }

    boolean hasStarted() {
        return received != UNKNOWN;
    }

    /// It was sent the event, or all its events up to this one. `onReceived` runs when it has received more.
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

    /// Whether events were sent that may not have arrived.
    boolean isUnconfirmed() {
        return sent > received;
    }

    /// The event after which it must be sent its events again: [#UNKNOWN] before its start is determined.
    ///
    /// @param settled an event up to which the socket has been sent all its events, if it is live
    long resumeFrom(long settled) {
        var known = received; // read first: what is sent meanwhile is not received
        return known == UNKNOWN || sent > known ? known : Math.max(known, settled);
    }
}
