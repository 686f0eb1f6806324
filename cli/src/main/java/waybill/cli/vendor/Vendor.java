package waybill.cli.vendor;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.json.JSONObject;
import waybill.cli.caps.AckResult;
import waybill.cli.caps.ClientEvent;
import waybill.cli.caps.Connection;
import waybill.cli.caps.DelayedExecutor;
import waybill.cli.caps.HubClient;
import waybill.cli.caps.Outbox;
import waybill.cli.caps.Parcel;
import waybill.cli.caps.RecentKeys;
import waybill.cli.caps.SessionRequests;

/// A store. It sends each order until the hub acknowledges it, and reports each delivery once, however often the hub
/// repeats it.
public final class Vendor implements HubClient {

    /// Unacknowledged orders. At this number the store stops placing orders.
    static final int UNANSWERED_MAX = 1_000;

    /// Stored deliveries, to detect repeats. The hub repeats only unconfirmed ones, which are far fewer.
    static final int RECENT_MAX = 10_000;

    private static final List<String> QUEUES = List.of("in-transit", "delivered");

    private final String store;
    private final Consumer<ClientEvent> listener;
    private final SessionRequests requests;
    private final Outbox outbox;
    private final RecentKeys reported = new RecentKeys(RECENT_MAX);
    private final Set<String> unconfirmed = new HashSet<>();
    private Runnable confirmedListener = () -> {};
    private boolean isPaused;

    public Vendor(String store, Connection connection, DelayedExecutor executor, Consumer<ClientEvent> listener) {
        this.store = store;
        this.listener = listener;
        requests = new SessionRequests(connection, executor, listener);
        outbox = new Outbox(connection, executor, UNANSWERED_MAX);
    }

    /// Places an order.
    ///
    /// @return whether there was room for it
    public boolean place(Order order) {
        var parcel = new Parcel(store, order.id(), order.payload(store));
        if (!outbox.offer(parcel.id(), "pickup", parcel.message(), result -> onPlaced(parcel, result))) {
            pause();
            return false;
        }
        isPaused = false;
        return true;
    }

    @Override
    public void onConnect() {
        requests.onConnect();
        requests.send("join", new JSONObject().put("clientId", store));
        for (var queue : QUEUES) {
            requests.send("subscribe", new JSONObject().put("clientId", store).put("event", queue));
            requests.send("getAll", new JSONObject().put("clientId", store).put("event", queue));
        }
        outbox.onConnect();
    }

    @Override
    public void onDisconnect() {
        requests.onDisconnect();
        outbox.onDisconnect();
    }

    @Override
    public void onEvent(String event, JSONObject message) {
        var parcel = Parcel.of(message).filter(own -> own.store().equals(store));
        switch (event) {
            case "in-transit" ->
                parcel.ifPresent(own -> onParcelEvent(event, own, new ClientEvent.TransitNotified(own)));
            case "delivered" ->
                parcel.ifPresent(own -> onParcelEvent(event, own, new ClientEvent.DeliveryNotified(own)));
            default -> {} // pickups are for drivers
        }
    }

    private void onParcelEvent(String event, Parcel parcel, ClientEvent notification) {
        if (reported.add(event + '/' + parcel.id())) {
            listener.accept(notification);
        }
        var key = event + '/' + parcel.id();
        unconfirmed.add(key);
        requests.send("received", parcel.confirmation(event), () -> {
            unconfirmed.remove(key);
            confirmedListener.run();
        });
    }

    /// Whether the hub has acknowledged every `received`. Until then it sends the messages again, also to the next
    /// vendor of the store.
    public boolean isConfirmed() {
        return unconfirmed.isEmpty();
    }

    /// Runs `task` whenever the hub has acknowledged another `received`.
    public void onConfirmed(Runnable task) {
        confirmedListener = task;
    }

    private void pause() {
        if (!isPaused) {
            isPaused = true;
            listener.accept(new ClientEvent.OutboxFull(UNANSWERED_MAX));
        }
    }

    private void onPlaced(Parcel parcel, AckResult result) {
        if (requests.isForbidden() && result instanceof AckResult.Rejected) {
            return;
        }
        listener.accept(
                switch (result) {
                    case AckResult.Accepted _ -> new ClientEvent.Placed(parcel);
                    case AckResult.Rejected(var code, var message, var _) ->
                        new ClientEvent.PlacementFailed(parcel, code, message);
                });
    }
}
