package waybill.server.cluster;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// The bus of several nodes in one process. Each message arrives on a thread of the bus, as one of Redis does.
public final class LocalBus implements AutoCloseable {

    private final Map<String, List<Consumer<byte[]>>> listeners = new ConcurrentHashMap<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    public NodeBus node() {
        return new NodeBus(
                () -> true,
                (channel, message) -> thread.execute(
                        () -> listeners.getOrDefault(channel, List.of()).forEach(listener -> listener.accept(message))),
                (channel, listener) -> listeners
                        .computeIfAbsent(channel, _ -> new CopyOnWriteArrayList<>())
                        .add(listener));
    }

    /// After the nodes.
    @Override
    public void close() {
        thread.close();
    }
}
