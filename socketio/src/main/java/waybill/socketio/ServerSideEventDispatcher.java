package waybill.socketio;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.socketio.adapter.Packet;
import waybill.socketio.local.LocalNamespace;
import waybill.socketio.packet.JsonArray;
import waybill.socketio.packet.JsonWriter;

/// The handlers of a namespace as its adapter sees them.
record ServerSideEventDispatcher(String name, NamespaceHandlers handlers) implements LocalNamespace {

    private static final Logger LOG = LoggerFactory.getLogger(ServerSideEventDispatcher.class);

    @Override
    public boolean hasOutgoingHandlers() {
        return handlers.outgoingHandlerCount.get() > 0;
    }

    @Override
    public void handleServerSide(Packet.Event packet, Consumer<Packet.AckPacket> reply) {
        var event = JsonArray.of(packet.data()).value(0, List.of());
        var args = new Args(packet.data(), packet.attachments(), 1);
        var ack = packet.wantsAck()
                ? new ServerSideAck(name, packet.ackId(), reply, new AtomicBoolean())
                : SocketAck.NONE;
        for (var handler : handlers.serverSideHandlers(String.valueOf(event))) {
            try {
                handler.handle(args, ack);
            } catch (RuntimeException e) {
                LOG.error("a handler of {} failed", name, e);
            }
        }
    }

    /// The one answer to another node.
    private record ServerSideAck(String namespace, long ackId, Consumer<Packet.AckPacket> to, AtomicBoolean sent)
            implements Ack {

        @Override
        public boolean isRequested() {
            return true;
        }

        @Override
        public void send(@Nullable Object... args) {
            var packet = JsonWriter.ack(namespace, ackId, args);
            if (sent.compareAndSet(false, true)) {
                to.accept(packet);
            }
        }
    }
}
