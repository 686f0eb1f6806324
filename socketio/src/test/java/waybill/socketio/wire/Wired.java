package waybill.socketio.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import waybill.socketio.Config;
import waybill.socketio.SocketServer;

/// A server and the raw connections of one test, all closed at its end.
final class Wired implements AutoCloseable {

    static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

    private final SocketServer server;
    private final int port;
    private final List<Peer> peers = new ArrayList<>();

    Wired(Config config) {
        server = new SocketServer(config);
        port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .getPort();
    }

    SocketServer server() {
        return server;
    }

    /// A connection that has joined no namespace.
    Peer connected() {
        var peer = Peer.webSocket(port, WEBSOCKET);
        peers.add(peer);
        assertThat(peer.hear().text()).startsWith("0{");
        return peer;
    }

    Peer joined() {
        return joined("/");
    }

    Peer joined(String namespace) {
        var peer = connected();
        join(peer, namespace, "{}");
        return peer;
    }

    /// Joins and returns the server's greeting.
    String join(Peer peer, String namespace, String auth) {
        var prefix = namespace.equals("/") ? "" : namespace + ",";
        peer.text("40" + prefix + auth);
        var greeting = peer.hear().text();
        assertThat(greeting).startsWith("40" + prefix + "{");
        return greeting;
    }

    @Override
    public void close() {
        peers.forEach(Peer::close);
        server.close(Duration.ZERO).toCompletableFuture().join();
    }
}
