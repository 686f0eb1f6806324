package waybill.cli.kill;

import java.net.URI;
import java.util.Map;
import java.util.SplittableRandom;
import waybill.cli.caps.ClientEvent;
import waybill.cli.caps.ClientThread;
import waybill.cli.caps.Endpoint;
import waybill.cli.caps.HubClient;
import waybill.cli.caps.SocketConnection;
import waybill.cli.vendor.Order;
import waybill.cli.vendor.Vendor;

/// A store that places a new order for each delivered one.
final class BusyStore implements AutoCloseable {

    private static final int UNDER_WAY = 100;

    private final String name;
    private final SplittableRandom random;
    private final DeliveryAudit audit;
    private final ClientThread thread;
    private final SocketConnection socket;
    private final AuditedConnection connection;
    private final Vendor vendor;

    BusyStore(String name, URI hub, SplittableRandom random, DeliveryAudit witness) {
        this.name = name;
        this.random = random;
        this.audit = witness;
        thread = new ClientThread(name);
        socket = new SocketConnection(Endpoint.withoutToken(hub), Map.of("role", "vendor"), thread, _ -> {});
        connection = new AuditedConnection(socket, witness);
        vendor = new Vendor(name, connection, thread, this::onEvent);
    }

    BusyStore start() {
        HubClient app = connection.audited(vendor, (event, parcel) -> {
            if (event.equals("delivered")) {
                audit.deliveryReceived(parcel.key());
            }
        });
        thread.execute(() -> {
            for (int i = 0; i < UNDER_WAY; i++) {
                place();
            }
        });
        socket.connect(app);
        return this;
    }

    @Override
    public void close() {
        socket.close();
        thread.close();
    }

    private void place() {
        if (!audit.isClosing()) {
            var order = Order.random(random);
            audit.intended(name + '/' + order.id());
            audit.check(vendor.place(order), "there was no room for an order");
        }
    }

    private void onEvent(ClientEvent event) {
        switch (event) {
            case ClientEvent.Placed(var parcel) -> audit.placed(parcel.key());
            case ClientEvent.DeliveryNotified(var parcel) -> {
                audit.thanked(parcel.key());
                place();
            }
            case ClientEvent.RequestFailed refused -> audit.check(false, refused.toString());
            default -> {} // nothing to record
        }
    }
}
