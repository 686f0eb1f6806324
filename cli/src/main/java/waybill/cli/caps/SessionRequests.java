package waybill.cli.caps;

import java.util.function.Consumer;
import org.json.JSONObject;

/// What an app says about itself rather than about an order: who it is, what it wants to hear, what it has
/// received. Lost with the line it was said on, for every new line begins with all of it. When the hub has no
/// room it is said again, [#TRIES_MAX] times in all, then told to the user and dropped.
public final class SessionRequests {

    static final int TRIES_MAX = 10;

    private final Connection connection;
    private final DelayedExecutor executor;
    private final Consumer<ClientEvent> listener;
    private int connectionNumber;
    private boolean isConnected;
    private boolean isForbidden;

    public SessionRequests(Connection connection, DelayedExecutor executor, Consumer<ClientEvent> tell) {
        this.connection = connection;
        this.executor = executor;
        this.listener = tell;
    }

    /// Whether the hub has refused something because it is not the app's to ask for.
    public boolean isForbidden() {
        return isForbidden;
    }

    /// A token that is not good for this app is refused with everything that is said: one line about it is enough.
    private void onRejected(String event, AckResult.Rejected refused) {
        if (!refused.code().equals("forbidden")) {
            listener.accept(new ClientEvent.RequestFailed(event, refused.code(), refused.message()));
        } else if (!isForbidden) {
            isForbidden = true;
            listener.accept(new ClientEvent.AccessDenied(refused.code(), refused.message()));
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

    /// Says it, and runs `settled` when the hub has answered for good: never if the line is lost before.
    public void send(String event, JSONObject body, Runnable settled) {
        send(event, body, settled, connectionNumber, TRIES_MAX);
    }

    private void send(String event, JSONObject body, Runnable settled, int saidOn, int triesLeft) {
        if (!isConnected || saidOn != connectionNumber) {
            return;
        }
        connection.send(event, body, result -> {
            switch (result) {
                case AckResult.Accepted _ -> settled.run();
                case AckResult.Rejected refused
                when refused.isTemporary() && triesLeft > 1 ->
                    executor.schedule(refused.retryAfter(), () -> send(event, body, settled, saidOn, triesLeft - 1));
                case AckResult.Rejected refused -> {
                    onRejected(event, refused);
                    settled.run();
                }
            }
        });
    }
}
