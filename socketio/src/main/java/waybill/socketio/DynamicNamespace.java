package waybill.socketio;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// All the namespaces whose names pass a test. Each is made when the first client asks for it and forgotten when the
/// last has left, so that names made up by clients cannot pile up. Thread-safe.
public final class DynamicNamespace {

    private final Predicate<String> names;
    private final Behaviour behaviour = new Behaviour();
    private final Map<String, Namespace> children = new ConcurrentHashMap<>();
    private final Function<String, Namespace> maker;

    DynamicNamespace(Predicate<String> names, Function<Behaviour, Function<String, Namespace>> maker) {
        this.names = names;
        this.maker = maker.apply(behaviour);
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
        behaviour.on(Events.checked(event), handler);
        return this;
    }

    /// See [Namespace#onDisconnect].
    public DynamicNamespace onDisconnect(BiConsumer<Socket, DisconnectReason> handler) {
        behaviour.onDisconnect.add(handler);
        return this;
    }

    /// Emits to everyone in each of them.
    public void emit(String event, @Nullable Object... args) {
        children.values().forEach(child -> child.emit(event, args));
    }

    /// Those that there are now.
    public List<Namespace> children() {
        return List.copyOf(children.values());
    }

    /// Enters the namespace of that name, made if need be; null where the name does not pass.
    @Nullable
    Namespace enter(String name) {
        if (!names.test(name)) {
            return null;
        }
        return children.compute(name, (_, found) -> {
            var child = found == null ? maker.apply(name) : found;
            child.entered();
            return child;
        });
    }

    void leave(Namespace child) {
        children.computeIfPresent(child.name(), (_, found) -> child.left() ? null : found);
    }

    boolean has(Namespace namespace) {
        return children.get(namespace.name()) == namespace;
    }
}
