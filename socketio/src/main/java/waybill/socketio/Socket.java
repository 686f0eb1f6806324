package waybill.socketio;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.socketio.adapter.Adapter.Restored;
import waybill.socketio.adapter.Answers;
import waybill.socketio.adapter.Delivery;
import waybill.socketio.adapter.LocalSocket;
import waybill.socketio.adapter.SavedSession;
import waybill.socketio.adapter.SavedSession.Asked;
import waybill.socketio.adapter.SocketDetails;
import waybill.socketio.engine.CloseReason;
import waybill.socketio.packet.JsonArray;
import waybill.socketio.packet.JsonWriter;
import waybill.socketio.packet.Packet;
import waybill.socketio.room.Frame;
import waybill.socketio.room.Member;
import waybill.socketio.room.Target;

/// One client in one namespace. Its state belongs to its connection's event loop; its methods may be called from any
/// thread, and what one thread emits arrives in that order.
public final class Socket {

    private static final Logger LOG = LoggerFactory.getLogger(Socket.class);

    private final Namespace namespace;
    private final Connection connection;
    private final Handshake handshake;
    private String id; // changes once, before the socket is connected, if the client was here before
    private volatile @Nullable Object data;
    private volatile boolean connected;
    private boolean recovered;
    private @Nullable String pid;
    private long mark;
    private long askedMark;
    private @Nullable Member member;
    private @Nullable SocketHandlers handlers;
    private @Nullable Map<Long, Asked> unanswered;

    Socket(Namespace namespace, Connection connection, Handshake handshake, String id) {
        this.namespace = namespace;
        this.connection = connection;
        this.handshake = handshake;
        this.id = id;
    }

    /// The socket's public name, another one in each namespace, and never that of its connection.
    public String id() {
        return id;
    }

    public Namespace namespace() {
        return namespace;
    }

    public Handshake handshake() {
        return handshake;
    }

    public boolean connected() {
        return connected;
    }

    /// Whether this is a client that was away for a moment: its id, rooms and data are those it had, and what it
    /// missed has been sent.
    public boolean recovered() {
        return recovered;
    }

    /// What the application has put on the socket.
    public @Nullable Object data() {
        return data;
    }

    public void data(@Nullable Object value) {
        data = value;
    }

    /// The event loop that runs this socket's callbacks.
    public EventExecutor loop() {
        return connection.engine().loop();
    }

    // ---- hearing

    /// Hears an event of this socket. Where all sockets of a namespace have the same handler, [Namespace#on] is
    /// lighter.
    public void on(String event, EventHandler handler) {
        handlers().on(Events.checked(event), handler);
    }

    /// Hears every event, before the handlers of that event do.
    public void onAny(BiConsumer<String, Args> handler) {
        handlers().any.add(handler);
    }

    /// Is told of every event emitted to this socket alone.
    public void onAnyOutgoing(BiConsumer<String, Args> handler) {
        handlers().anyOutgoing.add(handler);
    }

    public void onDisconnect(Consumer<DisconnectReason> handler) {
        handlers().disconnect.add(handler);
    }

    /// Decides about every event before it is handled: `true` lets it pass.
    public void use(EventFilter filter) {
        handlers().filters.add(filter);
    }

    /// Looks at an event before it is handled.
    @FunctionalInterface
    public interface EventFilter {

        /// False keeps the event from its handlers.
        boolean passes(String event, Args args, Ack ack);
    }

    private synchronized SocketHandlers handlers() {
        var all = handlers;
        if (all == null) {
            all = new SocketHandlers();
            handlers = all;
        }
        return all;
    }

    // ---- speaking

    public void emit(String event, @Nullable Object... args) {
        emit(Frame.Options.RELIABLE, event, args);
    }

    /// Emits and waits for the client's answer, as long as the client stays.
    public CompletionStage<Args> emitWithAck(String event, @Nullable Object... args) {
        return ask(Duration.ZERO, event, args);
    }

    public Emission timeout(Duration value) {
        return new Emission(this).timeout(value);
    }

    public Emission volatile_() {
        return new Emission(this).volatile_();
    }

    public Emission latest(String key) {
        return new Emission(this).latest(key);
    }

    public Emission compress(boolean value) {
        return new Emission(this).compress(value);
    }

    /// To everyone in the namespace but this socket.
    public Broadcast broadcast() {
        return namespace.all().except(id);
    }

    /// To the members of these rooms but this socket.
    public Broadcast to(String... rooms) {
        return broadcast().to(rooms);
    }

    public Broadcast in(String... rooms) {
        return to(rooms);
    }

    /// To everyone but this socket and the members of these rooms.
    public Broadcast except(String... rooms) {
        return broadcast().except(rooms);
    }

    /// To everyone on this node but this socket.
    public Broadcast local() {
        return broadcast().local();
    }

    /// Done when all that was emitted so far has been handed to the network, or the socket is gone. Who has much to
    /// say waits for it from time to time, so that no more piles up for a slow client than it may.
    public CompletionStage<Void> drained() {
        return connection.engine().drained();
    }

    void emit(Frame.Options options, String event, @Nullable Object... args) {
        var packet = JsonWriter.event(namespace.name(), Packet.NO_ACK, Events.checked(event), args);
        tellOutgoing(packet);
        if (namespace.adapter().isRecovering() && options.kind() == Frame.Kind.RELIABLE) {
            namespace.adapter().broadcast(packet, toSelf(options));
        } else {
            inLine(() -> send(packet, options));
        }
    }

    CompletionStage<Args> ask(Duration timeout, String event, @Nullable Object... args) {
        var packet = JsonWriter.event(namespace.name(), namespace.nextAckId(), Events.checked(event), args);
        tellOutgoing(packet);
        var answer = GatheredAnswers.ofOne(timeout);
        if (namespace.adapter().isRecovering()) {
            namespace.adapter().broadcastWithAck(packet, toSelf(Frame.Options.RELIABLE), answer);
        } else {
            inLine(() -> self.ask(packet, 0, answer));
        }
        return answer.whole().thenApply(List::getFirst);
    }

    private Delivery toSelf(Frame.Options options) {
        return new Delivery(new Target(Set.of(id), Set.of()), options, true);
    }

    private void tellOutgoing(Packet.Event packet) {
        var own = handlers;
        if (own != null && !own.anyOutgoing.isEmpty()) {
            var args = new Args(packet.data(), packet.attachments(), 1);
            own.anyOutgoing.forEach(handler -> handler.accept(name(packet.data()), args));
        }
    }

    /// On the loop; with recovery on always as a task, so as to fall in line with what is broadcast.
    private void inLine(Runnable action) {
        if (namespace.adapter().isRecovering()) {
            loop().execute(action);
        } else {
            connection.engine().onLoop(action);
        }
    }

    private void send(Packet packet, Frame.Options options) {
        var me = member;
        if (me != null) {
            namespace.adapter().rooms().shard(loop()).settleFor(me);
            connection.send(packet, options);
        }
    }

    // ---- rooms

    /// Enters rooms. Done when it is so; fails where that would be more rooms than a socket may be in.
    public CompletionStage<Void> join(String... rooms) {
        return done(() -> self.join(List.of(rooms)));
    }

    public CompletionStage<Void> leave(String... rooms) {
        return done(() -> self.leave(List.of(rooms)));
    }

    private CompletionStage<Void> done(Runnable action) {
        var done = new CompletableFuture<Void>();
        inLine(() -> {
            try {
                action.run();
                done.complete(null);
            } catch (IllegalStateException e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    /// The rooms that the socket is in, its own among them. On the socket's event loop.
    public Set<String> rooms() {
        var me = member;
        var names = new HashSet<String>();
        if (me != null) {
            names.add(id);
            names.addAll(me.roomNames());
        }
        return names;
    }

    // ---- the end

    /// Puts the client out of this namespace, or closes its connection.
    public void disconnect(boolean close) {
        inLine(() -> self.disconnect(close));
    }

    /// It is over, for whatever reason. On the loop.
    void over(DisconnectReason reason) {
        var me = member;
        connection.forget(this);
        if (me == null || !connected) {
            return;
        }
        connected = false;
        var secret = pid;
        if (secret != null && reason.isRecoverable()) {
            namespace.adapter().persist(saved(me, secret));
        } else {
            fail("disconnected");
        }
        if (secret != null) {
            namespace.byPid().remove(secret);
        }
        namespace.adapter().rooms().shard(loop()).remove(me);
        namespace.behaviour().onDisconnect.forEach(handler -> guarded(() -> handler.accept(this, reason)));
        var own = handlers;
        if (own != null) {
            own.disconnect.forEach(handler -> guarded(() -> handler.accept(reason)));
        }
    }

    private SavedSession saved(Member me, String secret) {
        var asked = unanswered == null ? List.<Asked>of() : List.copyOf(unanswered.values());
        return new SavedSession(secret, id, me.roomNames(), data, mark, askedMark, asked, () -> fail("disconnected"));
    }

    private void fail(String message) {
        connection.engine().onLoop(() -> {
            if (unanswered != null) {
                for (var asked : unanswered.values()) {
                    if (asked.answers() != null) {
                        asked.answers().lost(message);
                    }
                }
            }
        });
    }

    // ---- what the connection says. On the loop.

    /// This client was here before, as that session.
    void was(SavedSession session) {
        id = session.id();
        data = session.data();
    }

    /// The client is back on another connection, although this one has not been seen to break.
    void overtaken(Runnable then) {
        connection.engine().onLoop(() -> {
            connection.engine().close(CloseReason.TRANSPORT_CLOSE);
            then.run();
        });
    }

    void connect(Optional<Restored> restored) {
        var adapter = namespace.adapter();
        var me = new Member(id, connection.engine(), loop(), self);
        member = me;
        mark = adapter.recoveryMark();
        recovered = restored.isPresent();
        var greeting = "{\"sid\":\"" + id + "\"";
        if (adapter.isRecovering()) {
            var secret = connection.newSecret();
            pid = secret;
            namespace.byPid().put(secret, this);
            greeting += ",\"pid\":\"" + secret + "\"";
        }
        connection.send(new Packet.Connect(namespace.name(), greeting + "}"), Frame.Options.RELIABLE);
        adapter.rooms().shard(loop()).add(me);
        connected = true;
        restored.ifPresent(this::takeUp);
        namespace.behaviour().onConnection.forEach(handler -> guarded(() -> handler.accept(this)));
    }

    private void takeUp(Restored restored) {
        var session = restored.session();
        mark = session.mark();
        askedMark = session.askedMark();
        self.join(session.rooms());
        for (var missed : restored.missed()) {
            var answers = missed.answers();
            if (answers == null) {
                connection.send(missed.packet(), Frame.Options.RELIABLE);
            } else {
                self.ask(missed.packet(), missed.number(), answers);
            }
        }
    }

    void heard(Packet.Event event) {
        var name = name(event.data());
        var args = new Args(event.data(), event.attachments(), 1);
        var ack = event.wantsAck() ? new SocketAck(this, event.ackId()) : SocketAck.NONE;
        var own = handlers;
        if (own != null && !own.let(name, args, ack)) {
            return;
        }
        var shared = namespace.behaviour().handlers(name);
        if (shared != null) {
            for (var handler : shared) {
                guarded(() -> handler.on(this, args, ack));
            }
        }
        if (own != null) {
            own.tell(name, handler -> guarded(() -> handler.on(args, ack)));
        }
    }

    void answered(Packet.Ack ack) {
        var asked = unanswered == null ? null : unanswered.remove(ack.ackId());
        if (asked != null && asked.answers() != null) {
            asked.answers().answered(ack);
        }
    }

    void acknowledge(long ackId, @Nullable Object... args) {
        var packet = JsonWriter.ack(namespace.name(), ackId, args);
        inLine(() -> send(packet, Frame.Options.RELIABLE));
    }

    private static String name(JsonArray data) {
        return data.value(0, List.of()) instanceof String text ? text : "";
    }

    /// A handler that fails harms nobody but itself.
    private void guarded(Runnable handler) {
        try {
            handler.run();
        } catch (RuntimeException e) {
            LOG.error("a handler of {} failed", namespace.name(), e);
        }
    }

    /// This socket as its adapter handles it.
    private final LocalSocket self = new LocalSocket() {

        @Override
        public void ask(Packet.Event packet, long number, Answers answers) {
            if (!connected) {
                answers.lost("disconnected");
                return;
            }
            var all = unanswered;
            if (all == null) {
                all = new HashMap<>();
                unanswered = all;
            }
            if (all.size() >= namespace.config().unansweredMax()) {
                all.values()
                        .removeIf(asked ->
                                asked.answers() == null || asked.answers().isOver());
            }
            if (all.size() >= namespace.config().unansweredMax()) {
                answers.lost("unanswered: " + all.size() + " (expected: fewer)");
                return;
            }
            all.put(packet.ackId(), new Asked(packet, number, answers));
            askedMark = Math.max(askedMark, number);
            send(packet, Frame.Options.RELIABLE);
        }

        @Override
        public void join(Iterable<String> rooms) {
            var me = member;
            if (me == null || !connected) {
                return;
            }
            var shard = namespace.adapter().rooms().shard(loop());
            for (var room : rooms) {
                if (me.roomCount() > namespace.config().roomsMax()) {
                    throw new IllegalStateException(
                            "rooms: more than " + namespace.config().roomsMax() + " for one socket");
                }
                shard.join(room, me);
            }
        }

        @Override
        public void leave(Iterable<String> rooms) {
            var me = member;
            if (me != null && connected) {
                var shard = namespace.adapter().rooms().shard(loop());
                rooms.forEach(room -> shard.leave(room, me));
            }
        }

        @Override
        public void disconnect(boolean close) {
            if (close) {
                connection.engine().close(CloseReason.FORCED_CLOSE);
            } else if (connected) {
                send(new Packet.Disconnect(namespace.name()), Frame.Options.RELIABLE);
                over(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
            }
        }

        @Override
        public SocketDetails details() {
            return new SocketDetails(id, rooms(), data);
        }
    };
}
