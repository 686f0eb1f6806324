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

/// A vendor at work: opens its line, and from the first moment that it is up places an order every so often.
public final class VendorRunner implements AutoCloseable {

    /// What a shop is told at its opening.
    ///
    /// @param every between two orders
    /// @param count of orders to place; then the shop is done once they have arrived
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

    public VendorRunner(Plan plan, Supplier<Order> customers, Consumer<ClientEvent> tell) {
        this.plan = plan;
        this.orderSource = customers;
        thread = new ClientThread("vendor " + plan.store);
        Consumer<ClientEvent> hear = news -> {
            tell.accept(news);
            onEvent(news);
        };
        var query = Map.of("role", "vendor", "clientId", plan.store, "profile", plan.profile.name());
        connection = new SocketConnection(plan.endpoint, query, thread, hear);
        vendor = new Vendor(plan.store, connection, thread, hear);
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

    /// Completes when as many orders as planned have been placed, have arrived, and the hub knows that the shop has
    /// heard
    /// of it; with false when the hub does not let the shop in and will not, or has refused an order for good.
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

    private void onEvent(ClientEvent news) {
        if (news instanceof ClientEvent.AccessDenied) {
            done.complete(false);
        } else if (news instanceof ClientEvent.DeliveryNotified(var parcel)) {
            awaited.remove(parcel.id());
        } else if (news instanceof ClientEvent.PlacementFailed(var parcel, var _, var _)
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
