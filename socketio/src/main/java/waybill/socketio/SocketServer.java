package waybill.socketio;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.Ticker;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.LocalAdapter;
import waybill.socketio.netty.EngineServer;

/// A Socket.IO server. It listens by itself, or stands in the pipelines of another HTTP server and shares its port.
/// Thread-safe.
///
/// What is emitted on the server goes to its main namespace, `/`.
public final class SocketServer implements Broadcasts {

    private final Config config;
    private final EngineServer engine;
    private final Map<String, Namespace> namespaces = new ConcurrentHashMap<>();
    private final List<DynamicNamespace> dynamic = new CopyOnWriteArrayList<>();

    public SocketServer(Config config) {
        this.config = config;
        this.engine = new EngineServer(config.engine(), socket -> new Connection(this, socket));
    }

    Config config() {
        return config;
    }

    /// The namespace of that name, made where there is none yet. A slash in front may be left out.
    public Namespace of(String name) {
        var slashed = name.startsWith("/") ? name : "/" + name;
        return namespaces.computeIfAbsent(slashed, made -> make(made, new Behaviour()));
    }

    /// All namespaces whose names pass the test and that have not been named otherwise.
    public DynamicNamespace of(Predicate<String> names) {
        var made = new DynamicNamespace(names, behaviour -> name -> make(name, behaviour));
        dynamic.add(made);
        return made;
    }

    private Namespace make(String name, Behaviour behaviour) {
        var epoch = engine.newId().substring(0, 6) + ".";
        var local = new LocalAdapter(ByteBufAllocator.DEFAULT, config.recovery(), epoch, Ticker.systemTicker());
        return new Namespace(name, config, config.adapter().of(name, local), behaviour);
    }

    /// The namespace that a client asks for, counted as entered; null where there is none.
    @Nullable
    Namespace enter(String name) {
        var fixed = namespaces.get(name);
        if (fixed != null) {
            fixed.entered();
            return fixed;
        }
        for (var one : dynamic) {
            var child = one.enter(name);
            if (child != null) {
                return child;
            }
        }
        return null;
    }

    void leave(Namespace namespace) {
        for (var one : dynamic) {
            if (one.has(namespace)) {
                one.leave(namespace);
                return;
            }
        }
        namespace.left();
    }

    String newId() {
        return engine.newId();
    }

    @Override
    public Broadcast all() {
        return of("/").all();
    }

    /// Listens on an address, port 0 for any, and tells the one that it got. May be called for several.
    public InetSocketAddress listen(InetSocketAddress address) {
        return engine.listen(address);
    }

    /// Takes its requests out of a pipeline that speaks HTTP; `behind` names the HTTP codec, or the last handler that
    /// belongs to it. All others pass.
    public void attach(ChannelPipeline pipeline, String behind) {
        engine.attach(pipeline, behind);
    }

    /// How many connections are open.
    public int connections() {
        return engine.connections();
    }

    /// Stops taking connections and closes those that there are, spread over `spread`. Clients take it for a
    /// connection that broke, and come back by themselves: to another node, or to this one when it is there again.
    public CompletionStage<Void> close(Duration spread) {
        return engine.close(spread)
                .thenRun(() -> namespaces
                        .values()
                        .forEach(namespace -> namespace.adapter().close()));
    }
}
