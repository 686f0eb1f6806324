package waybill.server.realtime;

import org.jspecify.annotations.Nullable;
import waybill.socketio.Ack;

/// For what nobody waits to be answered.
enum Silent implements Ack {
    ACK;

    @Override
    public boolean requested() {
        return false;
    }

    @Override
    public void send(@Nullable Object... args) {}
}
