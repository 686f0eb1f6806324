package waybill.cli.kill;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import waybill.cli.caps.ClientEvent;
import waybill.cli.caps.ClientThread;
import waybill.cli.caps.Endpoint;
import waybill.cli.caps.SocketConnection;
import waybill.cli.driver.Driver;
import waybill.cli.driver.WorkPace;

/// A driver without delays or a capacity limit.
final class BusyDriver implements AutoCloseable {

    private static final WorkPace AT_ONCE = new WorkPace(Duration.ZERO, Duration.ZERO, 50);

    private final String name;
    private final DeliveryAudit audit;
    private final ClientThread thread;
    private final SocketConnection socket;

    BusyDriver(String name, URI hub, DeliveryAudit witness) {
        this.name = name;
        this.audit = witness;
        thread = new ClientThread(name);
        socket = new SocketConnection(Endpoint.withoutToken(hub), Map.of("driverId", name), thread, _ -> {});
    }

    BusyDriver start() {
        var line = new AuditedConnection(socket, audit);
        var driver = new Driver(line, thread, AT_ONCE, this::onEvent);
        socket.connect(line.audited(driver, (event, parcel) -> {
            if (event.equals("pickup")) {
                audit.pickupReceived(parcel.key());
            }
        }));
        return this;
    }

    @Override
    public void close() {
        socket.close();
        thread.close();
    }

    private void onEvent(ClientEvent event) {
        switch (event) {
            case ClientEvent.Delivered(var parcel) -> audit.delivered(parcel.key(), name);
            case ClientEvent.RequestFailed refused -> audit.check(false, refused.toString());
            default -> {} // nothing to record
        }
    }
}
