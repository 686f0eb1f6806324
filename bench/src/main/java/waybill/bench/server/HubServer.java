package waybill.bench.server;

import java.nio.file.Path;
import java.util.List;
import waybill.server.Config;
import waybill.server.WaybillServer;
import waybill.server.caps.CapsLimits;
import waybill.server.identity.IdentityConfig;
import waybill.server.identity.Secret;
import waybill.server.identity.Trust;
import waybill.server.socket.SocketLimits;

/// The real hub, with every order event on disk and required tokens:
///
///     PORT=n BENCH_SECRET=… LOOPS=1 DATA=folder ORDERS=n java waybill.bench.server.HubServer
///
/// Only the rate limits are off, since one machine acts as many clients.
public final class HubServer {

    private HubServer() {}

    /// Starts a hub with this many orders in transit.
    ///
    /// @param port 0 for any
    /// @param data an empty or new folder
    public static WaybillServer start(int port, String secret, int loops, Path data, int orders) {
        InTransitOrders.place(data, orders);
        return WaybillServer.start(Config.defaults(data)
                .withPorts(List.of(port))
                .withLoops(loops)
                .withIdentity(IdentityConfig.of(new Trust.SharedSecret(Secret.of(secret))))
                .withCapsLimits(CapsLimits.off())
                .withSocketLimits(SocketLimits.off()));
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
