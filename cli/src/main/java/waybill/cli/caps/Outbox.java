package waybill.cli.caps;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.json.JSONObject;

/// Events of an app that the hub has not acknowledged, oldest first. Each is sent again unchanged on every new
/// connection and whenever the hub was overloaded, until the hub accepts or rejects it: giving up would lose an order.
/// The hub recognizes a repeated message by its id.
///
/// Holds at most `max` messages. When it is full, the app stops creating messages.
public final class Outbox {

    private record Message(String event, JSONObject body, Consumer<AckResult> onAck) {}

    private final Connection connection;
    private final DelayedExecutor executor;
    private final int max;
    private final SequencedMap<String, Message> messages = new LinkedHashMap<>();
    private boolean isConnected;

    public Outbox(Connection connection, DelayedExecutor executor, int max) {
        this.connection = connection;
        this.executor = executor;
        this.max = max;
    }

    /// Adds a message and sends it as soon as there is a connection. `onAck` receives the final response, once.
    ///
    /// @param id of the message among those of its event
    /// @return whether there was room
    public boolean offer(String id, String event, JSONObject body, Consumer<AckResult> onAck) {
        if (messages.size() >= max) {
            return false;
        }
        var key = event + '/' + id;
        messages.put(key, new Message(event, body, onAck));
        send(key);
        return true;
    }

    public boolean isEmpty() {
        return messages.isEmpty();
    }

    public void onConnect() {
        isConnected = true;
        List.copyOf(messages.keySet()).forEach(this::send);
    }

    public void onDisconnect() {
        isConnected = false;
    }

    private void send(String key) {
        var message = messages.get(key);
        if (isConnected && message != null) {
            connection.send(message.event, message.body, result -> onAck(key, result));
        }
    }

    private void onAck(String key, AckResult result) {
        if (result instanceof AckResult.Rejected refused && refused.isTemporary()) {
            executor.schedule(refused.retryAfter(), () -> send(key));
            return;
        }
        var message = messages.remove(key);
        if (message != null) { // else it was sent twice and acknowledged before
            message.onAck.accept(result);
        }
    }
}
