package waybill.server.cluster;

import java.util.function.Consumer;

/// Carries messages between nodes, as long as it is connected: in the order in which one node publishes them, at most
/// once, and to the node itself too. Thread-safe; no call waits.
public interface NodeBus {

    boolean isConnected();

    /// A message that cannot be published is dropped.
    void publish(String channel, byte[] message);

    /// Hears a channel, on a thread that must not wait.
    void listen(String channel, Consumer<byte[]> listener);
}
