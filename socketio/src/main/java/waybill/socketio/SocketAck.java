package waybill.socketio;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The one answer to one event. Safe from any thread.
final class SocketAck implements Ack {

    /// Of an event that wants none.
    static final Ack NONE = new Ack() {
        @Override
        public boolean isRequested() {
            return false;
        }

        @Override
        public void send(@Nullable Object... args) {}
    };

    private final Socket socket;
    private final long ackId;
    private final AtomicBoolean sent = new AtomicBoolean();

    SocketAck(Socket socket, long ackId) {
        this.socket = socket;
        this.ackId = ackId;
    }

    @Override
    public boolean isRequested() {
        return true;
    }

    @Override
    public void send(@Nullable Object... args) {
        if (!sent.get()) {
            var packet =
                    socket.namespace().ackPacket(ackId, args); // where that fails, another answer may still be given
            if (sent.compareAndSet(false, true)) {
                socket.sendAck(packet);
            }
        }
    }
}
