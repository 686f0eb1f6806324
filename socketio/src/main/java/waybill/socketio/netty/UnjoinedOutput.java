package waybill.socketio.netty;

import waybill.socketio.room.Frame;

/// What waits for a client that has joined no namespace: refusals alone, and few. Belongs to the connection's event
/// loop.
final class UnjoinedOutput {

    private static final int BYTES_MAX = 128 * 1024;

    private final EngineSocket socket;
    private long bytes;

    UnjoinedOutput(EngineSocket socket) {
        this.socket = socket;
    }

    /// Whether this may wait for the client, too: anything, once it has joined a namespace.
    boolean mayWait(Frame frame) {
        if (socket.isJoined()) {
            return true;
        }
        if (bytes + frame.size() > BYTES_MAX || !socket.memoryReservation().grow(frame.size())) {
            return false;
        }
        bytes += frame.size();
        return true;
    }

    /// Nothing waits any more.
    void release() {
        if (bytes > 0) {
            socket.memoryReservation().shrink(bytes);
            bytes = 0;
        }
    }
}
