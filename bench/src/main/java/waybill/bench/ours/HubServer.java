package waybill.bench.ours;

import java.nio.file.Path;
import java.util.List;
import waybill.server.Config;
import waybill.server.Hub;
import waybill.server.identity.IdentityConfig;
import waybill.server.identity.Secret;
import waybill.server.identity.Trust;
import waybill.server.realtime.CapsLimits;
import waybill.server.realtime.LiveLimits;

/// The real hub, with every step on disk and nobody let in without a token:
///
///     PORT=n BENCH_SECRET=… LOOPS=1 DATA=folder ORDERS=n java waybill.bench.ours.HubServer
///
/// Only the limits on how much anybody may ask for are off: here one machine stands for many.
public final class HubServer {

    private HubServer() {}

    /// Starts a hub that already has so many orders on their way.
    ///
    /// @param port 0 for any
    /// @param data an empty folder, or one that is not there yet
    public static Hub start(int port, String secret, int loops, Path data, int orders) {
        OrdersOnTheirWay.place(data, orders);
        return Hub.start(Config.defaults(data)
                .withPorts(List.of(port))
                .withLoops(loops)
                .withIdentity(IdentityConfig.of(new Trust.Shared(Secret.of(secret))))
                .withLimits(CapsLimits.off())
                .withLive(LiveLimits.off()));
    }

    public static void main(String[] args) {
        @SuppressWarnings({"resource", "unused"}) // it ends with the process
        var hub = start(
                Integer.parseInt(System.getenv("PORT")),
                System.getenv("BENCH_SECRET"),
                Integer.parseInt(System.getenv("LOOPS")),
                Path.of(System.getenv("DATA")),
                Integer.parseInt(System.getenv("ORDERS")));
        System.out.println("listening");
    }
}
