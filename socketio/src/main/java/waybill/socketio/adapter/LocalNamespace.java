package waybill.socketio.adapter;

import java.util.function.Consumer;
import waybill.socketio.packet.Packet;

/// What an adapter needs to know of the namespace that it serves on this node. Thread-safe.
public interface LocalNamespace {

    /// A namespace of which no handler asks for anything.
    LocalNamespace NO_HANDLERS = new LocalNamespace() {
        @Override
        public boolean hasOutgoingHandlers() {
            return false;
        }

        @Override
        public void handleServerSide(Packet.Event packet, Consumer<Packet.AckPacket> reply) {}
    };

    /// Whether a handler wants to know what is sent to sockets.
    boolean hasOutgoingHandlers();

    /// Hands an event that another node sent to the handlers of this one; `reply` takes their answer, if `packet` asks
    /// for one.
    void handleServerSide(Packet.Event packet, Consumer<Packet.AckPacket> reply);
}
