package waybill.socketio;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.socketio.adapter.PacketLimits;
import waybill.socketio.local.LocalAdapter;
import waybill.socketio.netty.EngineServer;
import waybill.socketio.netty.EngineSocket;

/// A Socket.IO server. It listens by itself, or stands in the pipelines of another HTTP server and shares its
/// port. Thread-safe.
///
/// What is emitted on the server goes to its main namespace, `/`.
public final class SocketServer implements Broadcaster {

    private static final Logger LOG = LoggerFactory.getLogger(SocketServer.class);

    private final Config config;
    private final PacketLimits packetLimits;
    private final EngineServer engine;
    private final Map<String, Namespace> namespaces = new ConcurrentHashMap<>();
    private final List<DynamicNamespace> dynamic = new CopyOnWriteArrayList<>();
    private final List<Consumer<Namespace>> onNewNamespace = new CopyOnWriteArrayList<>();
    private final List<Consumer<ConnectionError>> onConnectionError = new CopyOnWriteArrayList<>();

    public SocketServer(Config config) {
        this.config = config;
        this.packetLimits = config.packetLimits();
        this.engine = new EngineServer(
                config.engine().withOnConnectionError(error -> reportError(ConnectionError.of(error))),
                socket -> new Connection(this, socket));
    }

    Config config() {
        return config;
    }

    PacketLimits packetLimits() {
        return packetLimits;
    }

    /// The namespace of that name, made where there is none yet. A slash in front may be left out.
    public Namespace of(String name) {
        var slashed = name.startsWith("/") ? name : "/" + name;
        var found = namespaces.get(slashed);
        if (found != null) {
            return found;
        }
        var isNew = new AtomicBoolean();
        var namespace = namespaces.computeIfAbsent(slashed, made -> {
            isNew.set(true);
            return createNamespace(made, new NamespaceHandlers());
        });
        if (isNew.get()) {
            notifyNewNamespace(namespace);
        }
        return namespace;
    }

    /// All namespaces whose names pass the test and that are not named explicitly.
    public DynamicNamespace of(Predicate<String> names) {
        return of((name, _) -> CompletableFuture.completedFuture(names.test(name)));
    }

    /// The same with a test that gets the client's handshake, and that may take its time.
    public DynamicNamespace of(DynamicNamespace.NamePredicate names) {
        var made = new DynamicNamespace(
                names, behaviour -> name -> createNamespace(name, behaviour), this::notifyNewNamespace);
        dynamic.add(made);
        return made;
    }

    /// Runs for each namespace that is created from now on, by the application or because a client requested it.
    public SocketServer onNewNamespace(Consumer<Namespace> handler) {
        onNewNamespace.add(handler);
        return this;
    }

    /// Hears why a request was refused, or a connection closed for what its client did. On the connection's event
    /// loop.
    public SocketServer onConnectionError(Consumer<ConnectionError> handler) {
        onConnectionError.add(handler);
        return this;
    }

    private void notifyNewNamespace(Namespace namespace) {
        onNewNamespace.forEach(handler -> HandlerInvoker.run(namespace, () -> handler.accept(namespace)));
    }

    private void reportError(ConnectionError error) {
        LOG.debug("connection error: {}: {}", error.reason().wireName(), error.message());
        for (var handler : onConnectionError) {
            try {
                handler.accept(error);
            } catch (RuntimeException e) {
                LOG.error("a handler of connection errors failed", e);
            }
        }
    }

    private Namespace createNamespace(String name, NamespaceHandlers behaviour) {
        var epoch = engine.newId().substring(0, 6) + ".";
        var local = new LocalAdapter(
                ByteBufAllocator.DEFAULT,
                config.recovery(),
                epoch,
                config.engine().environment().ticker(),
                config.parser(),
                new ServerSideEventDispatcher(name, behaviour));
        var adapter = config.adapter().of(name, local);
        local.rooms().listen(adapter);
        return new Namespace(name, config, adapter, local.rooms(), behaviour);
    }

    /// The namespace that the application has named so, counted as entered.
    @Nullable
    Namespace enterNamespace(String name) {
        var fixed = namespaces.get(name);
        if (fixed != null) {
            fixed.onSocketEntered();
        }
        return fixed;
    }

    /// Hands the namespace that a client requests to `entered`, counted as entered, or nothing where there is
    /// none; on the client's event loop, at once or later. Does nothing for a client that is disconnected by
    /// then.
    void enterDynamicNamespace(
            String name, Handshake handshake, EngineSocket client, Consumer<Optional<Namespace>> entered) {
        enterDynamicNamespace(dynamic.iterator(), name, handshake, client, entered);
    }

    private void enterDynamicNamespace(
            Iterator<DynamicNamespace> rest,
            String name,
            Handshake handshake,
            EngineSocket client,
            Consumer<Optional<Namespace>> entered) {
        while (rest.hasNext()) {
            var one = rest.next();
            var passes = one.matches(name, handshake);
            if (!passes.isDone()) {
                passes.whenComplete((_, _) -> client.onLoop(() -> {
                    if (client.isClosed()) {
                        return;
                    }
                    if (DynamicNamespace.isTrue(passes)) {
                        entered.accept(Optional.of(one.getOrCreate(name)));
                    } else {
                        enterDynamicNamespace(rest, name, handshake, client, entered);
                    }
                }));
                return;
            }
            if (DynamicNamespace.isTrue(passes)) {
                entered.accept(Optional.of(one.getOrCreate(name)));
                return;
            }
        }
        entered.accept(Optional.empty());
    }

    void leaveNamespace(Namespace namespace, EventLoop loop) {
        for (var one : dynamic) {
            if (one.contains(namespace)) {
                one.release(namespace, loop);
                return;
            }
        }
        namespace.onSocketLeft();
    }

    String newId() {
        return engine.newId();
    }

    @Override
    public Broadcast all() {
        return of("/").all();
    }

    /// Listens on an address, port 0 for any, and returns the bound one. May be called for several.
    public InetSocketAddress listen(InetSocketAddress address) {
        return engine.listen(address);
    }

    /// Listens on a port of every address of this machine, 0 for any, and returns the bound one.
    public int listen(int port) {
        return engine.listen(new InetSocketAddress(port)).getPort();
    }

    /// Handles its requests in an HTTP pipeline; `behind` names the HTTP codec, or the last handler that belongs
    /// to it. All other requests are passed on.
    public void attach(ChannelPipeline pipeline, String behind) {
        engine.attach(pipeline, behind);
    }

    /// The handlers behind do not keep so many bytes of the request's body that is being received: they have written
    /// them elsewhere. Of bodies that were passed on, only what is kept until the response counts as memory. On the
    /// event loop of the connection.
    public static void onBodyConsumed(ChannelPipeline pipeline, int bytes) {
        EngineServer.onBodyConsumed(pipeline, bytes);
    }

    /// How many connections are open.
    public int connectionCount() {
        return engine.connectionCount();
    }

    /// How many of them poll.
    public int pollingCount() {
        return engine.pollingCount();
    }

    /// Counts the messages of all connections from now on, or no longer. Where they are not counted, a message costs
    /// nothing for it.
    public void countTraffic(boolean value) {
        engine.traffic().switchOn(value);
    }

    /// What was counted so far.
    public Traffic traffic() {
        var counted = engine.traffic();
        return new Traffic(
                counted.opened(),
                counted.closed(),
                counted.packetsReceived(),
                counted.bytesReceived(),
                counted.packetsSent(),
                counted.bytesSent());
    }

    /// Whether it is closing, and accepts no connections any more.
    public boolean isClosing() {
        return engine.isClosing();
    }

    /// Stops accepting connections and closes the open ones, spread over `spread`. To clients it looks like a
    /// broken connection, so that they reconnect: to another node, or to this one when it has started again.
    public CompletionStage<Void> close(Duration spread) {
        return engine.close(spread).thenRun(() -> {
            namespaces.values().forEach(namespace -> namespace.adapter().close());
            dynamic.forEach(DynamicNamespace::close);
        });
    }
}
