package waybill.cli.caps;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.json.JSONObject;

/// What an app has to say and the hub has not answered, oldest first. It is said again, word for word, on
/// every new line and whenever the hub had no room, until the hub answers for good: giving up would lose an
/// order. The hub knows a message that it has heard before by its id, so saying it twice does no harm.
///
/// Holds at most `max` messages and takes no more: the app then stops making new ones.
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

    /// Takes a message and says it as soon as there is a line. `onAck` hears the final answer, once.
    ///
    /// @param id of the message among those of its event
    /// @return whether there was room
    public boolean offer(String id, String event, JSONObject body, Consumer<AckResult> answered) {
        if (messages.size() >= max) {
            return false;
        }
        var key = event + '/' + id;
        messages.put(key, new Message(event, body, answered));
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
        if (message != null) { // else it was said twice and answered before
            message.onAck.accept(result);
        }
    }
}
