package waybill.socketio;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.socketio.adapter.LocalNamespace;
import waybill.socketio.packet.JsonWriter;
import waybill.socketio.packet.Packet;

/// The handlers of a namespace as its adapter knows them.
record LocalHandlers(String name, Behaviour behaviour) implements LocalNamespace {

    private static final Logger LOG = LoggerFactory.getLogger(LocalHandlers.class);

    @Override
    public boolean hearsOutgoing() {
        return behaviour.outgoingHandlers.get() > 0;
    }

    @Override
    public void serverSide(Packet.Event packet, Consumer<Packet.Ack> reply) {
        var event = packet.data().value(0, List.of());
        var args = new Args(packet.data(), packet.attachments(), 1);
        var ack = packet.wantsAck() ? new Reply(name, packet.ackId(), reply, new AtomicBoolean()) : SocketAck.NONE;
        for (var handler : behaviour.serverSide(String.valueOf(event))) {
            try {
                handler.on(args, ack);
            } catch (RuntimeException e) {
                LOG.error("a handler of {} failed", name, e);
            }
        }
    }

    /// The one answer to another node.
    private record Reply(String namespace, long ackId, Consumer<Packet.Ack> to, AtomicBoolean sent) implements Ack {

        @Override
        public boolean requested() {
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
