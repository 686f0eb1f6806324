package waybill.socketio;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.BroadcastOptions;
import waybill.socketio.adapter.FrameKind;
import waybill.socketio.adapter.FrameOptions;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.SocketDetails;
import waybill.socketio.adapter.Target;

/// The receivers of an event, and how it is sent. Immutable: each step returns a new one, and one may be used
/// again.
public final class Broadcast implements Broadcaster {

    private static final BroadcastOptions TO_ALL = new BroadcastOptions(Target.ALL, FrameOptions.RELIABLE, false);

    private final @Nullable Namespace namespace; // one of these two is there
    private final @Nullable DynamicNamespace parent;
    private final BroadcastOptions delivery;
    private final Duration timeout;

    Broadcast(Namespace namespace) {
        this(namespace, null, TO_ALL, Duration.ZERO);
    }

    Broadcast(DynamicNamespace parent) {
        this(null, parent, TO_ALL, Duration.ZERO);
    }

    private Broadcast(
            @Nullable Namespace namespace,
            @Nullable DynamicNamespace parent,
            BroadcastOptions delivery,
            Duration timeout) {
        this.namespace = namespace;
        this.parent = parent;
        this.delivery = delivery;
        this.timeout = timeout;
    }

    private Broadcast with(Target target) {
        return with(new BroadcastOptions(target, delivery.options(), delivery.local()));
    }

    private Broadcast with(FrameOptions options) {
        return with(new BroadcastOptions(delivery.target(), options, delivery.local()));
    }

    private Broadcast with(BroadcastOptions changed) {
        return new Broadcast(namespace, parent, changed, timeout);
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
        return with(new BroadcastOptions(delivery.target(), delivery.options(), true));
    }

    @Override
    public Broadcast volatile_() {
        return with(delivery.options().withKind(FrameKind.VOLATILE));
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
        return new Broadcast(namespace, parent, delivery, value);
    }

    @Override
    public void emit(String event, @Nullable Object... args) {
        var single = namespace;
        if (single == null) {
            forEachBroadcast(child -> child.emit(event, args));
            return;
        }
        single.adapter().broadcast(single.eventPacket(Packet.NO_ACK, event, args), delivery);
    }

    @Override
    public CompletionStage<List<Args>> emitWithAck(String event, @Nullable Object... args) {
        var single = namespace;
        if (single == null) {
            return collectFromEach(child -> child.emitWithAck(event, args));
        }
        var packet = single.eventPacket(single.nextAckId(), event, args);
        var gathered = new AckCollector(timeout);
        single.adapter().broadcastWithAck(packet, delivery, gathered);
        return gathered.result();
    }

    /// Runs an action with each socket of this node that the broadcast would reach, on the socket's own loop, and
    /// behind what was emitted before.
    public void forEachLocal(Consumer<Socket> action) {
        forEachNamespace(one -> one.rooms().forEach(delivery.target(), member -> {
            if (member.socket() instanceof Membership membership) {
                action.accept(membership.socket());
            }
        }));
    }

    @Override
    public CompletionStage<List<SocketDetails>> fetchSockets() {
        var single = namespace;
        if (single == null) {
            return collectFromEach(Broadcast::fetchSockets);
        }
        return single.adapter().fetchSockets(delivery.target(), delivery.local());
    }

    @Override
    public void socketsJoin(String... rooms) {
        var names = Set.copyOf(List.of(rooms));
        forEachNamespace(one -> one.adapter().socketsJoin(delivery.target(), names, delivery.local()));
    }

    @Override
    public void socketsLeave(String... rooms) {
        var names = Set.copyOf(List.of(rooms));
        forEachNamespace(one -> one.adapter().socketsLeave(delivery.target(), names, delivery.local()));
    }

    @Override
    public void disconnectSockets(boolean close) {
        forEachNamespace(one -> one.adapter().disconnectSockets(delivery.target(), close, delivery.local()));
    }

    // ---- of a dynamic namespace: the same in each of its children

    private List<Namespace> namespaces() {
        return namespace != null ? List.of(namespace) : requireNonNull(parent).children();
    }

    private void forEachNamespace(Consumer<Namespace> action) {
        namespaces().forEach(action);
    }

    private void forEachBroadcast(Consumer<Broadcast> action) {
        forEachNamespace(child -> action.accept(new Broadcast(child, null, delivery, timeout)));
    }

    /// The results of all children in one list; where one fails with some acks, the whole fails with all acks.
    private <T> CompletionStage<List<T>> collectFromEach(Function<Broadcast, CompletionStage<List<T>>> request) {
        var results = new ArrayList<CompletableFuture<List<T>>>();
        forEachBroadcast(child -> results.add(request.apply(child).toCompletableFuture()));
        return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                .handle((_, failure) -> {
                    if (failure != null) {
                        throw new CompletionException(withAllAcks(failure, results));
                    }
                    return results.stream().flatMap(one -> one.join().stream()).toList();
                });
    }

    private static <T> Throwable withAllAcks(Throwable failure, List<CompletableFuture<List<T>>> results) {
        var cause = failure.getCause() == null ? failure : failure.getCause();
        if (!(cause instanceof AckException)) {
            return cause;
        }
        var answers = new ArrayList<Args>();
        for (var one : results) {
            if (!one.isCompletedExceptionally()) {
                one.join().forEach(answer -> answers.add((Args) answer));
            } else if (one.exceptionNow() instanceof AckException missing) {
                answers.addAll(missing.acks());
            }
        }
        return new AckException(String.valueOf(cause.getMessage()), answers);
    }
}
