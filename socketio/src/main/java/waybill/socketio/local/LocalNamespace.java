package waybill.socketio.local;

import java.util.function.Consumer;
import waybill.socketio.adapter.Packet;

/// The namespace that an adapter serves on this node. Thread-safe.
public interface LocalNamespace {

    /// A namespace without handlers.
    LocalNamespace NO_HANDLERS = new LocalNamespace() {
        @Override
        public boolean hasOutgoingHandlers() {
            return false;
        }

        @Override
        public void handleServerSide(Packet.Event packet, Consumer<Packet.AckPacket> reply) {}
    };

    /// Whether there are handlers for outgoing events.
    boolean hasOutgoingHandlers();

    /// Hands an event that another node sent to the handlers of this one; `reply` takes their answer, if `packet`
    /// asks for one.
    void handleServerSide(Packet.Event packet, Consumer<Packet.AckPacket> reply);
}
