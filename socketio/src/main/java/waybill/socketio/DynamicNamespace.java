package waybill.socketio;

import io.netty.channel.EventLoop;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All the namespaces whose names pass a test. Each is created when the first client requests it and removed when
/// the last has left, so that names made up by clients do not accumulate. With connection state recovery it stays
/// for as long as a disconnected client may recover. What is emitted here goes to all of them. Thread-safe.
public final class DynamicNamespace implements Broadcaster {

    /// Decides whether there is a namespace of that name for a client: now, or later and from any thread.
    @FunctionalInterface
    public interface NamePredicate {
        CompletionStage<Boolean> matches(String name, Handshake handshake);
    }

    private static final Logger LOG = LoggerFactory.getLogger(DynamicNamespace.class);

    /// Namespaces that stay although no socket is in them; of more, the one that has been empty longest is
    /// removed.
    private static final int EMPTY_CHILDREN_MAX = 1_000;

    private final NamePredicate names;
    private final NamespaceHandlers behaviour = new NamespaceHandlers();
    private final Map<String, Namespace> children = new ConcurrentHashMap<>();
    private final LinkedHashMap<String, EmptyChild> empty =
            new LinkedHashMap<>(); // the longest empty first; under the lock
    private final Function<String, Namespace> maker;
    private final Consumer<Namespace> madeOne;

    /// A namespace whose clients may recover, until `untilNanos` of the loop's ticker.
    private record EmptyChild(Namespace namespace, long untilNanos) {}

    DynamicNamespace(
            NamePredicate names,
            Function<NamespaceHandlers, Function<String, Namespace>> maker,
            Consumer<Namespace> madeOne) {
        this.names = names;
        this.maker = maker.apply(behaviour);
        this.madeOne = madeOne;
    }

    /// See [Namespace#use].
    public DynamicNamespace use(Middleware middleware) {
        behaviour.middlewares.add(middleware);
        return this;
    }

    /// See [Namespace#onConnection].
    public DynamicNamespace onConnection(Consumer<Socket> handler) {
        behaviour.onConnection.add(handler);
        return this;
    }

    /// See [Namespace#on].
    public DynamicNamespace on(String event, Namespace.SocketEventHandler handler) {
        behaviour.on(event, handler);
        return this;
    }

    /// See [Namespace#off].
    public DynamicNamespace off(String event, Namespace.SocketEventHandler handler) {
        behaviour.off(event, handler);
        return this;
    }

    /// See [Namespace#filter].
    public DynamicNamespace filter(Namespace.SocketEventFilter filter) {
        behaviour.filters.add(filter);
        return this;
    }

    /// See [Namespace#onDisconnecting].
    public DynamicNamespace onDisconnecting(BiConsumer<Socket, DisconnectReason> handler) {
        behaviour.onDisconnecting.add(handler);
        return this;
    }

    /// See [Namespace#onDisconnect].
    public DynamicNamespace onDisconnect(BiConsumer<Socket, DisconnectReason> handler) {
        behaviour.onDisconnect.add(handler);
        return this;
    }

    /// See [Namespace#onServerSide].
    public DynamicNamespace onServerSide(String event, EventHandler handler) {
        behaviour.onServerSide(event, handler);
        return this;
    }

    /// A broadcast to each of them.
    @Override
    public Broadcast all() {
        return new Broadcast(this);
    }

    /// Those that there are now.
    public List<Namespace> children() {
        return List.copyOf(children.values());
    }

    /// Whether the name passes the test; a test that fails refuses it.
    CompletableFuture<Boolean> matches(String name, Handshake handshake) {
        try {
            return names.matches(name, handshake).toCompletableFuture();
        } catch (Exception | AssertionError | LinkageError | StackOverflowError e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /// What a test that is done has decided.
    static boolean isTrue(CompletableFuture<Boolean> decided) {
        try {
            return decided.join();
        } catch (RuntimeException e) {
            LOG.error("the test of a dynamic namespace's name failed, so the client is refused", e);
            return false;
        }
    }

    /// Enters the namespace of that name, made if need be.
    Namespace getOrCreate(String name) {
        Namespace made;
        synchronized (this) {
            empty.remove(name);
            var found = children.get(name);
            if (found != null) {
                found.onSocketEntered();
                return found;
            }
            made = maker.apply(name);
            made.onSocketEntered();
            children.put(name, made);
        }
        madeOne.accept(made);
        return made;
    }

    /// A socket has left. The namespace is removed with its last one, unless a client of it may recover.
    synchronized void release(Namespace child, EventLoop loop) {
        if (!child.onSocketLeft()) {
            return;
        }
        var recovery = child.config().recovery();
        if (recovery == null || !child.hasRecoverable()) {
            remove(child);
            return;
        }
        long forNanos = recovery.maxDisconnection().toNanos();
        var waiting = new EmptyChild(child, loop.ticker().nanoTime() + forNanos);
        empty.put(child.name(), waiting);
        if (empty.size() > EMPTY_CHILDREN_MAX) {
            remove(empty.pollFirstEntry().getValue().namespace());
        }
        loop.schedule(() -> closeIfExpired(waiting), forNanos, TimeUnit.NANOSECONDS);
    }

    private synchronized void closeIfExpired(EmptyChild waiting) {
        if (empty.remove(waiting.namespace().name(), waiting)) {
            remove(waiting.namespace());
        }
    }

    private void remove(Namespace child) {
        if (children.remove(child.name(), child)) {
            child.adapter().close();
        }
    }

    synchronized void close() {
        empty.clear();
        children().forEach(this::remove);
    }

    boolean contains(Namespace namespace) {
        return children.get(namespace.name()) == namespace;
    }
}
