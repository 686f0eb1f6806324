package waybill.bench.ours;

import java.nio.file.Path;
import java.util.List;
import waybill.server.Config;
import waybill.server.Hub;
import waybill.server.realtime.CapsLimits;

/// The real hub, with every step on disk, for the scenario that delivers parcels:
///
///     PORT=n LOOPS=1 DATA=folder java waybill.bench.ours.HubServer
///
/// Only the limits on what one socket may ask for are off: here a few sockets stand for many.
public final class HubServer {

    private HubServer() {}

    public static void main(String[] args) {
        var config = Config.defaults(Path.of(System.getenv("DATA")))
                .withPorts(List.of(Integer.parseInt(System.getenv("PORT"))))
                .withLoops(Integer.parseInt(System.getenv("LOOPS")))
                .withLimits(CapsLimits.off());
        @SuppressWarnings({"resource", "unused"}) // it ends with the process
        var hub = Hub.start(config);
        System.out.println("listening");
    }
}
