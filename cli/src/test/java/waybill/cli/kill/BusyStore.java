package waybill.cli.kill;

import java.net.URI;
import java.util.Map;
import java.util.SplittableRandom;
import waybill.cli.caps.App;
import waybill.cli.caps.AppThread;
import waybill.cli.caps.Door;
import waybill.cli.caps.News;
import waybill.cli.caps.SocketLine;
import waybill.cli.vendor.Order;
import waybill.cli.vendor.Vendor;

/// A store that has an order waiting for every one that has arrived.
final class BusyStore implements AutoCloseable {

    private static final int UNDER_WAY = 100;

    private final String name;
    private final SplittableRandom random;
    private final Witness witness;
    private final AppThread thread;
    private final SocketLine socket;
    private final WatchedLine line;
    private final Vendor vendor;

    BusyStore(String name, URI hub, SplittableRandom random, Witness witness) {
        this.name = name;
        this.random = random;
        this.witness = witness;
        thread = new AppThread(name);
        socket = new SocketLine(Door.open(hub), Map.of("role", "vendor"), thread, _ -> {});
        line = new WatchedLine(socket, witness);
        vendor = new Vendor(name, line, thread, this::hear);
    }

    BusyStore open() {
        App app = line.watching(vendor, (event, parcel) -> {
            if (event.equals("delivered")) {
                witness.heardOfDelivery(parcel.key());
            }
        });
        thread.execute(() -> {
            for (int i = 0; i < UNDER_WAY; i++) {
                place();
            }
        });
        socket.open(app);
        return this;
    }

    @Override
    public void close() {
        socket.close();
        thread.close();
    }

    private void place() {
        if (!witness.isClosingTime()) {
            var order = Order.random(random);
            witness.thoughtOf(name + '/' + order.id());
            witness.check(vendor.place(order), "there was no room for an order");
        }
    }

    private void hear(News news) {
        switch (news) {
            case News.Placed(var parcel) -> witness.placed(parcel.key());
            case News.Arrived(var parcel) -> {
                witness.thanked(parcel.key());
                place();
            }
            case News.Refused refused -> witness.check(false, refused.toString());
            default -> {} // nothing to judge
        }
    }
}
