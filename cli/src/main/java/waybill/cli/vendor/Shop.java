package waybill.cli.vendor;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.json.JSONObject;
import waybill.cli.caps.App;
import waybill.cli.caps.AppThread;
import waybill.cli.caps.Door;
import waybill.cli.caps.News;
import waybill.cli.caps.Profile;
import waybill.cli.caps.SocketLine;

/// A vendor at work: opens its line, and from the first moment that it is up places an order every so often.
public final class Shop implements AutoCloseable {

    /// What a shop is told at its opening.
    ///
    /// @param every between two orders
    /// @param count of orders to place; then the shop is done once they have arrived
    public record Plan(Door door, String store, Profile profile, Duration every, int count) {
        public static final int WITHOUT_END = Integer.MAX_VALUE;

        public Plan {
            if (count < 1) {
                throw new IllegalArgumentException("count: " + count + " (expected: at least 1)");
            }
        }
    }

    /// How long to wait for room in the vendor's outbox.
    private static final Duration ROOM_AFTER = Duration.ofMillis(100);

    private final Plan plan;
    private final AppThread thread;
    private final SocketLine line;
    private final Vendor vendor;
    private final Supplier<Order> customers;
    private final Set<String> awaited = new HashSet<>();
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private int placed;
    private int refused;

    public Shop(Plan plan, Supplier<Order> customers, Consumer<News> tell) {
        this.plan = plan;
        this.customers = customers;
        thread = new AppThread("vendor " + plan.store);
        Consumer<News> hear = news -> {
            tell.accept(news);
            watch(news);
        };
        var query = Map.of("role", "vendor", "clientId", plan.store, "profile", plan.profile.name());
        line = new SocketLine(plan.door, query, thread, hear);
        vendor = new Vendor(plan.store, line, thread, hear);
        vendor.onConfirmed(this::endIfDone);
    }

    public void open() {
        line.open(new App() {
            private boolean isOpen;

            @Override
            public void connected() {
                vendor.connected();
                if (!isOpen) {
                    isOpen = true;
                    serve(customers.get());
                }
            }

            @Override
            public void disconnected() {
                vendor.disconnected();
            }

            @Override
            public void heard(String event, JSONObject message) {
                vendor.heard(event, message);
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
        line.close();
        thread.close();
    }

    private void serve(Order order) {
        if (!vendor.place(order)) {
            thread.after(ROOM_AFTER, () -> serve(order));
            return;
        }
        placed++;
        if (plan.count != Plan.WITHOUT_END) {
            awaited.add(order.id());
        }
        if (placed < plan.count) {
            thread.after(plan.every, () -> serve(customers.get()));
        }
    }

    private void watch(News news) {
        if (news instanceof News.TurnedAway) {
            done.complete(false);
        } else if (news instanceof News.Arrived(var parcel)) {
            awaited.remove(parcel.id());
        } else if (news instanceof News.NotPlaced(var parcel, var _, var _) && awaited.remove(parcel.id())) {
            refused++;
            endIfDone();
        }
    }

    private void endIfDone() {
        if (placed == plan.count && awaited.isEmpty() && vendor.isConfirmed()) {
            done.complete(refused == 0);
        }
    }
}
