package waybill.bench.server;

import com.nimbusds.jose.JOSEException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import waybill.socketio.Config;
import waybill.socketio.SocketServer;

/// The tracking server of the load run, on this project's engine:
///
///     PORT=n BENCH_SECRET=… LOOPS=1 java waybill.bench.server.TrackingServer
public final class TrackingServer implements AutoCloseable {

    private final SocketServer server;
    private final InetSocketAddress address;

    /// Starts the server on the loopback address.
    ///
    /// @param port 0 for any
    public TrackingServer(int port, String secret, int loops, InstantSource clock) throws JOSEException {
        server = new SocketServer(Config.defaults().withEngine(engine -> engine.withLoops(loops)));
        new TrackingNamespace(server.of("/realtime"), new TokenChecker(secret, clock), clock).start();
        address = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        server.close(Duration.ZERO).toCompletableFuture().join();
    }

    public static void main(String[] args) throws JOSEException {
        var port = Integer.parseInt(System.getenv("PORT"));
        var loops = Integer.parseInt(System.getenv("LOOPS"));
        @SuppressWarnings({"resource", "unused"}) // it ends with the process
        var server = new TrackingServer(port, System.getenv("BENCH_SECRET"), loops, InstantSource.system());
        System.out.println("listening");
    }
}
