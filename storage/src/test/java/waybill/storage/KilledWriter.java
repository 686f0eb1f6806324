package waybill.storage;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import waybill.mailbox.Queue;
import waybill.mailbox.Topic;

/// A process that is killed at work: it places, delivers and receives parcels without end, and says so only
/// after each was acknowledged.
final class KilledWriter {

    private static final int UNDER_WAY_MAX = 64;

    private KilledWriter() {}

    public static void main(String[] args) throws InterruptedException {
        var store = Store.open(Path.of(args[0]), Limits.defaults(), () -> {});
        var parcels = new Parcels(store.journal());
        var permits = new Semaphore(UNDER_WAY_MAX);
        for (var i = 0; ; i++) {
            permits.acquire();
            oneLife(parcels, args[1] + "-" + i).whenComplete((_, _) -> permits.release());
        }
    }

    private static CompletableFuture<Boolean> oneLife(Parcels parcels, String id) {
        return parcels.place("acme-widgets", id)
                .thenAccept(_ -> say("placed " + id))
                .thenCompose(_ -> parcels.deliver("acme-widgets", id, Parcels.KARI))
                .thenAccept(_ -> say("delivered " + id))
                .thenCompose(_ -> parcels.orders()
                        .received(new Queue("acme-widgets", Topic.DELIVERED), id, Parcels.storeOf("acme-widgets")))
                .whenComplete((_, _) -> say("received " + id));
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
