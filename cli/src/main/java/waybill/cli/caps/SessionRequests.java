package waybill.cli.caps;

import java.util.function.Consumer;
import org.json.JSONObject;

/// Events that belong to the session rather than to an order: join, subscribe and received. They are lost with the
/// connection, since every new connection begins with all of them. When the hub is overloaded an event is retried,
/// [#TRIES_MAX] times in all, then reported to the user and dropped.
public final class SessionRequests {

    static final int TRIES_MAX = 10;

    private final Connection connection;
    private final DelayedExecutor executor;
    private final Consumer<ClientEvent> listener;
    private int connectionNumber;
    private boolean isConnected;
    private boolean isForbidden;

    public SessionRequests(Connection connection, DelayedExecutor executor, Consumer<ClientEvent> listener) {
        this.connection = connection;
        this.executor = executor;
        this.listener = listener;
    }

    /// Whether the hub has rejected an event as forbidden.
    public boolean isForbidden() {
        return isForbidden;
    }

    /// A token without the permission is rejected with every event: it is reported once.
    private void onRejected(String event, AckResult.Rejected rejected) {
        if (!rejected.code().equals("forbidden")) {
            listener.accept(new ClientEvent.RequestFailed(event, rejected.code(), rejected.message()));
        } else if (!isForbidden) {
            isForbidden = true;
            listener.accept(new ClientEvent.AccessDenied(rejected.code(), rejected.message()));
        }
    }

    public void onConnect() {
        connectionNumber++;
        isConnected = true;
    }

    public void onDisconnect() {
        isConnected = false;
    }

    public void send(String event, JSONObject body) {
        send(event, body, () -> {});
    }

    /// Emits an event and runs `onSettled` on the hub's final response: never if the connection is lost before.
    public void send(String event, JSONObject body, Runnable onSettled) {
        send(event, body, onSettled, connectionNumber, TRIES_MAX);
    }

    private void send(String event, JSONObject body, Runnable onSettled, int sentOnConnection, int triesLeft) {
        if (!isConnected || sentOnConnection != connectionNumber) {
            return;
        }
        connection.send(event, body, result -> {
            switch (result) {
                case AckResult.Accepted _ -> onSettled.run();
                case AckResult.Rejected rejected
                when rejected.isTemporary() && triesLeft > 1 ->
                    executor.schedule(
                            rejected.retryAfter(), () -> send(event, body, onSettled, sentOnConnection, triesLeft - 1));
                case AckResult.Rejected rejected -> {
                    onRejected(event, rejected);
                    onSettled.run();
                }
            }
        });
    }
}
