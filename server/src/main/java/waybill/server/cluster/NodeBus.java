package waybill.server.cluster;

import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Carries messages between nodes, as long as it is connected: in the order in which one node publishes them, at most
/// once, and to the node itself too. Thread-safe; no call waits.
///
/// @param publisher publishes a message to a channel, or drops it
/// @param subscriber makes a listener hear a channel, on a thread that must not wait
public record NodeBus(
        BooleanSupplier connection,
        BiConsumer<String, byte[]> publisher,
        BiConsumer<String, Consumer<byte[]>> subscriber) {

    boolean isConnected() {
        return connection.getAsBoolean();
    }

    void publish(String channel, byte[] message) {
        publisher.accept(channel, message);
    }

    void listen(String channel, Consumer<byte[]> listener) {
        subscriber.accept(channel, listener);
    }
}
