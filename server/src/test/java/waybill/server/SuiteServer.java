package waybill.server;

import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import waybill.socketio.EngineConfig;
import waybill.socketio.EngineEcho;
import waybill.socketio.SocketServer;

/// The hub's HTTP server with the engine attached to it, as a [WaybillServer] wires them and with a hub's default
/// settings, but with the namespaces and the short heartbeat that the protocol's own test suites expect. Run by hand:
///
///     SuiteServer socket.io 3000
///     SuiteServer engine.io 3000
final class SuiteServer {

    private static final Duration PING_INTERVAL = Duration.ofMillis(300);
    private static final Duration PING_TIMEOUT = Duration.ofMillis(200);
    private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(1_500);

    private SuiteServer() {}

    /// Serves one suite until it is killed.
    public static void main(String[] args) throws InterruptedException {
        var config = Config.defaults(Path.of("target/suite-server")).withPorts(List.of(Integer.parseInt(args[1])));
        var engine = EngineSettings.of(
                        EngineConfig.defaults(),
                        config,
                        new OriginAllowlist(config.origins()),
                        new LocalHostNames(),
                        new ConnectionErrors(InstantSource.system()))
                .withPingInterval(PING_INTERVAL)
                .withPingTimeout(PING_TIMEOUT);
        SocketIoAttachment.Attachment attachment = switch (args[0]) {
            case "socket.io" -> socketIo(engine)::attach;
            case "engine.io" -> new EngineEcho(engine.withPath("/engine.io/"))::attach;
            default -> throw new IllegalArgumentException("suite: " + args[0] + " (expected: socket.io or engine.io)");
        };
        var web = new WebServer(config.loops());
        web.listen(config, new SocketIoAttachment(attachment, config.identity().proxies()), Router::router);
        System.out.println("listening on " + web.addresses() + " with " + config.loops() + " event loops");
        new CountDownLatch(1).await();
    }

    private static SocketServer socketIo(EngineConfig engine) {
        var server = new SocketServer(waybill.socketio.Config.defaults()
                .withConnectTimeout(CONNECT_TIMEOUT)
                .withEngine(_ -> engine));
        for (var name : List.of("/", "/custom")) {
            var namespace = server.of(name);
            namespace.onConnection(
                    socket -> socket.emit("auth", socket.handshake().auth()));
            namespace.on("message", (socket, args, _) -> socket.emit("message-back", args.toArray()));
            namespace.on("message-with-ack", (_, args, ack) -> ack.send(args.toArray()));
        }
        return server;
    }
}
