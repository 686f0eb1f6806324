package waybill.storage;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import waybill.messaging.Queue;
import waybill.messaging.Topic;
import waybill.storage.sql.StoreLimits;

/// A process that is killed at work: it places, delivers and receives parcels without end, and says so only
/// after each was acknowledged.
final class CrashingWriter {

    private static final int IN_FLIGHT_MAX = 64;

    private CrashingWriter() {}

    public static void main(String[] args) throws InterruptedException {
        var store = Store.open(Path.of(args[0]), StoreLimits.defaults(), () -> {});
        var parcels = new OrderFixture(store.journal());
        var permits = new Semaphore(IN_FLIGHT_MAX);
        for (var i = 0; ; i++) {
            permits.acquire();
            placeAndDeliver(parcels, args[1] + "-" + i).whenComplete((_, _) -> permits.release());
        }
    }

    private static CompletableFuture<Boolean> placeAndDeliver(OrderFixture parcels, String id) {
        return parcels.place("acme-widgets", id)
                .thenAccept(_ -> print("placed " + id))
                .thenCompose(_ -> parcels.deliver("acme-widgets", id, OrderFixture.KARI))
                .thenAccept(_ -> print("delivered " + id))
                .thenCompose(_ -> parcels.queues()
                        .acknowledgeMessage(
                                new Queue("acme-widgets", Topic.DELIVERED),
                                id,
                                OrderFixture.storeActor("acme-widgets")))
                .whenComplete((_, _) -> print("received " + id));
    }

    private static void print(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
