package waybill.server.socket;

import org.jspecify.annotations.Nullable;
import waybill.socketio.Ack;

/// The ack of an event without an ack.
public enum NoAck implements Ack {
    ACK;

    @Override
    public boolean isRequested() {
        return false;
    }

    @Override
    public void send(@Nullable Object... args) {}
}
