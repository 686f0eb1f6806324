package waybill.socketio;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.Delivery;
import waybill.socketio.adapter.SocketDetails;
import waybill.socketio.packet.JsonWriter;
import waybill.socketio.packet.Packet;
import waybill.socketio.room.Frame;
import waybill.socketio.room.Target;

/// To whom something is said, and how. Immutable: each step gives a new one, and one may be used again.
public final class Broadcast implements Broadcasts {

    private final Namespace namespace;
    private final Delivery delivery;
    private final Duration timeout;

    Broadcast(Namespace namespace) {
        this(namespace, new Delivery(Target.EVERYONE, Frame.Options.RELIABLE, false), Duration.ZERO);
    }

    private Broadcast(Namespace namespace, Delivery delivery, Duration timeout) {
        this.namespace = namespace;
        this.delivery = delivery;
        this.timeout = timeout;
    }

    private Broadcast with(Target target) {
        return new Broadcast(namespace, new Delivery(target, delivery.options(), delivery.local()), timeout);
    }

    private Broadcast with(Frame.Options options) {
        return new Broadcast(namespace, new Delivery(delivery.target(), options, delivery.local()), timeout);
    }

    @Override
    public Broadcast all() {
        return this;
    }

    @Override
    public Broadcast to(String... rooms) {
        return with(delivery.target().to(rooms));
    }

    @Override
    public Broadcast in(String... rooms) {
        return to(rooms);
    }

    @Override
    public Broadcast except(String... rooms) {
        return with(delivery.target().except(rooms));
    }

    @Override
    public Broadcast local() {
        return new Broadcast(namespace, new Delivery(delivery.target(), delivery.options(), true), timeout);
    }

    @Override
    public Broadcast volatile_() {
        return with(delivery.options().withKind(Frame.Kind.VOLATILE));
    }

    @Override
    public Broadcast latest(String key) {
        return with(delivery.options().withKey(key));
    }

    @Override
    public Broadcast compress(boolean value) {
        return with(delivery.options().withCompress(value));
    }

    @Override
    public Broadcast timeout(Duration value) {
        return new Broadcast(namespace, delivery, value);
    }

    @Override
    public void emit(String event, @Nullable Object... args) {
        var packet = JsonWriter.event(namespace.name(), Packet.NO_ACK, Events.checked(event), args);
        namespace.adapter().broadcast(packet, delivery);
    }

    @Override
    public CompletionStage<List<Args>> emitWithAck(String event, @Nullable Object... args) {
        var packet = JsonWriter.event(namespace.name(), namespace.nextAckId(), Events.checked(event), args);
        var gathered = new GatheredAnswers(timeout);
        namespace.adapter().broadcastWithAck(packet, delivery, gathered);
        return gathered.whole();
    }

    /// Does something with each socket of this node that the broadcast would reach, on the socket's own loop, and
    /// behind
    /// what was emitted before.
    public void forEachLocal(Consumer<Socket> action) {
        namespace.adapter().rooms().forEach(delivery.target(), member -> {
            if (member.socket() instanceof Seat seat) {
                action.accept(seat.socket());
            }
        });
    }

    @Override
    public CompletionStage<List<SocketDetails>> fetchSockets() {
        return namespace.adapter().fetchSockets(delivery.target(), delivery.local());
    }

    @Override
    public void socketsJoin(String... rooms) {
        namespace.adapter().socketsJoin(delivery.target(), Set.copyOf(List.of(rooms)), delivery.local());
    }

    @Override
    public void socketsLeave(String... rooms) {
        namespace.adapter().socketsLeave(delivery.target(), Set.copyOf(List.of(rooms)), delivery.local());
    }

    @Override
    public void disconnectSockets(boolean close) {
        namespace.adapter().disconnectSockets(delivery.target(), close, delivery.local());
    }
}
