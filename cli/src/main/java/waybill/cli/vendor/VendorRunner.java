package waybill.cli.vendor;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.json.JSONObject;
import waybill.cli.caps.ClientEvent;
import waybill.cli.caps.ClientThread;
import waybill.cli.caps.Endpoint;
import waybill.cli.caps.HubClient;
import waybill.cli.caps.Profile;
import waybill.cli.caps.SocketConnection;

/// Runs a vendor: it connects, and from the first connection on places an order at a fixed interval.
public final class VendorRunner implements AutoCloseable {

    /// The settings of a vendor.
    ///
    /// @param every the interval between two orders
    /// @param count how many orders to place; the vendor is done once they are delivered
    public record Plan(Endpoint endpoint, String store, Profile profile, Duration every, int count) {
        public static final int UNLIMITED = Integer.MAX_VALUE;

        public Plan {
            if (count < 1) {
                throw new IllegalArgumentException("count: " + count + " (expected: at least 1)");
            }
        }
    }

    /// How long to wait for room in the vendor's outbox.
    private static final Duration RETRY_AFTER = Duration.ofMillis(100);

    private final Plan plan;
    private final ClientThread thread;
    private final SocketConnection connection;
    private final Vendor vendor;
    private final Supplier<Order> orderSource;
    private final Set<String> awaited = new HashSet<>();
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private int placed;
    private int failed;

    public VendorRunner(Plan plan, Supplier<Order> customers, Consumer<ClientEvent> listener) {
        this.plan = plan;
        this.orderSource = customers;
        thread = new ClientThread("vendor " + plan.store);
        Consumer<ClientEvent> forwarder = event -> {
            listener.accept(event);
            onEvent(event);
        };
        var query = Map.of("role", "vendor", "clientId", plan.store, "profile", plan.profile.name());
        connection = new SocketConnection(plan.endpoint, query, thread, forwarder);
        vendor = new Vendor(plan.store, connection, thread, forwarder);
        vendor.onConfirmed(this::completeIfDone);
    }

    public void start() {
        connection.connect(new HubClient() {
            private boolean isOpen;

            @Override
            public void onConnect() {
                vendor.onConnect();
                if (!isOpen) {
                    isOpen = true;
                    placeOrder(orderSource.get());
                }
            }

            @Override
            public void onDisconnect() {
                vendor.onDisconnect();
            }

            @Override
            public void onEvent(String event, JSONObject message) {
                vendor.onEvent(event, message);
            }
        });
    }

    /// Completes when the planned orders are placed and delivered and the hub has acknowledged that the vendor
    /// received this; with false when the hub rejects the vendor permanently, or has rejected an order.
    public CompletableFuture<Boolean> done() {
        return done;
    }

    @Override
    public void close() {
        connection.close();
        thread.close();
    }

    private void placeOrder(Order order) {
        if (!vendor.place(order)) {
            thread.schedule(RETRY_AFTER, () -> placeOrder(order));
            return;
        }
        placed++;
        if (plan.count != Plan.UNLIMITED) {
            awaited.add(order.id());
        }
        if (placed < plan.count) {
            thread.schedule(plan.every, () -> placeOrder(orderSource.get()));
        }
    }

    private void onEvent(ClientEvent event) {
        if (event instanceof ClientEvent.AccessDenied) {
            done.complete(false);
        } else if (event instanceof ClientEvent.DeliveryNotified(var parcel)) {
            awaited.remove(parcel.id());
        } else if (event instanceof ClientEvent.PlacementFailed(var parcel, var _, var _)
                && awaited.remove(parcel.id())) {
            failed++;
            completeIfDone();
        }
    }

    private void completeIfDone() {
        if (placed == plan.count && awaited.isEmpty() && vendor.isConfirmed()) {
            done.complete(failed == 0);
        }
    }
}
