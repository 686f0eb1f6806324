package waybill.cli.driver;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
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

/// A driver. It claims a parcel by emitting `in-transit`; the hub assigns the parcel to one driver and sends it to that
/// driver again until it is delivered, so that a driver that crashes resumes it after a restart.
///
/// A driver carries up to [WorkPace#carriedMax] parcels and queues some more. Further ones stay at the hub, and the
/// driver requests them when it has room.
public final class Driver implements HubClient {

    /// Parcels queued beyond those carried. Of more, only a flag is stored.
    static final int WAITING_MAX = 1_000;

    /// Parcels stored as delivered or lost to another driver, to detect repeats.
    static final int RECENT_MAX = 10_000;

    private final Connection connection;
    private final DelayedExecutor executor;
    private final WorkPace workPace;
    private final Consumer<ClientEvent> listener;
    private final SessionRequests requests;
    private final Outbox outbox;
    private final Map<String, Parcel> carried = new HashMap<>();
    private final SequencedMap<String, Parcel> waiting = new LinkedHashMap<>();
    private final RecentKeys delivered = new RecentKeys(RECENT_MAX);
    private final RecentKeys lostParcels = new RecentKeys(RECENT_MAX);
    private boolean hasMoreAtHub;

    public Driver(Connection connection, DelayedExecutor executor, WorkPace workPace, Consumer<ClientEvent> listener) {
        this.connection = connection;
        this.executor = executor;
        this.workPace = workPace;
        this.listener = listener;
        requests = new SessionRequests(connection, executor, listener);
        outbox = new Outbox(connection, executor, workPace.carriedMax());
    }

    @Override
    public void onConnect() {
        requests.onConnect();
        requests.send("subscribe", new JSONObject().put("event", "pickup"));
        requestMore();
        outbox.onConnect();
    }

    @Override
    public void onDisconnect() {
        requests.onDisconnect();
        outbox.onDisconnect();
    }

    @Override
    public void onEvent(String event, JSONObject message) {
        if (event.equals("pickup")) {
            Parcel.of(message).ifPresent(this::onPickup);
        }
    }

    /// Delivers the parcel with this code at once.
    public void scan(String code) {
        connection.send("scan", new JSONObject().put("code", code), result -> {
            switch (result) {
                case AckResult.Accepted _ -> {
                    listener.accept(new ClientEvent.Scanned(code));
                    carried.values().stream()
                            .filter(parcel -> parcel.id().equals(code))
                            .findFirst()
                            .ifPresent(this::finish);
                }
                case AckResult.Rejected(var errorCode, var message, var _) ->
                    listener.accept(new ClientEvent.RequestFailed("scan " + code, errorCode, message));
            }
        });
    }

    private void onPickup(Parcel parcel) {
        var key = parcel.key();
        if (delivered.contains(key)) {
            requests.send("received", parcel.confirmation("pickup")); // the first one was lost
        } else if (carried.containsKey(key) || lostParcels.contains(key)) {
            return;
        } else if (carried.size() < workPace.carriedMax()) {
            accept(parcel);
        } else if (waiting.size() < WAITING_MAX) {
            waiting.putIfAbsent(key, parcel);
        } else {
            hasMoreAtHub = true;
        }
    }

    private void accept(Parcel parcel) {
        carried.put(parcel.key(), parcel);
        executor.schedule(workPace.pickUpAfter(), () -> pickUp(parcel));
    }

    private void pickUp(Parcel parcel) {
        if (!isCarried(parcel)) {
            return;
        }
        listener.accept(new ClientEvent.PickingUp(parcel));
        outbox.offer(parcel.key(), "in-transit", parcel.withEvent("in-transit"), result -> onPickedUp(parcel, result));
    }

    private void onPickedUp(Parcel parcel, AckResult result) {
        switch (result) {
            case AckResult.Accepted _ -> {
                listener.accept(new ClientEvent.PickedUp(parcel));
                executor.schedule(workPace.deliverAfter(), () -> deliver(parcel));
            }
            case AckResult.Rejected refused -> abandon(parcel, refused);
        }
    }

    private void deliver(Parcel parcel) {
        if (isCarried(parcel)) {
            outbox.offer(
                    parcel.key(), "delivered", parcel.withEvent("delivered"), result -> onDelivered(parcel, result));
        }
    }

    private void onDelivered(Parcel parcel, AckResult result) {
        switch (result) {
            case AckResult.Accepted _ -> {
                if (isCarried(parcel)) {
                    listener.accept(new ClientEvent.Delivered(parcel));
                    finish(parcel);
                }
            }
            case AckResult.Rejected refused -> abandon(parcel, refused);
        }
    }

    private void finish(Parcel parcel) {
        delivered.add(parcel.key());
        requests.send("received", parcel.confirmation("pickup"));
        release(parcel);
    }

    private void abandon(Parcel parcel, AckResult.Rejected refused) {
        lostParcels.add(parcel.key());
        listener.accept(
                refused.isConflict()
                        ? new ClientEvent.ClaimLost(parcel)
                        : new ClientEvent.RequestFailed("parcel " + parcel.id(), refused.code(), refused.message()));
        release(parcel);
    }

    private void release(Parcel parcel) {
        carried.remove(parcel.key());
        var next = waiting.pollFirstEntry();
        if (next != null) {
            accept(next.getValue());
        } else if (hasMoreAtHub) {
            requestMore();
        }
    }

    private boolean isCarried(Parcel parcel) {
        return carried.containsKey(parcel.key());
    }

    private void requestMore() {
        hasMoreAtHub = false;
        requests.send("getAll", new JSONObject().put("event", "pickup"));
    }
}
