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
public final class ServerFixture implements AutoCloseable {

    static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

    private final SocketServer server;
    private final int port;
    private final List<RawClient> peers = new ArrayList<>();

    public ServerFixture(Config config) {
        server = new SocketServer(config);
        port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .getPort();
    }

    public SocketServer server() {
        return server;
    }

    /// A connection that has joined no namespace.
    public RawClient connected() {
        var peer = RawClient.openWebSocket(port, WEBSOCKET);
        peers.add(peer);
        assertThat(peer.readFrame().text()).startsWith("0{");
        return peer;
    }

    public RawClient joined() {
        return joined("/");
    }

    public RawClient joined(String namespace) {
        var peer = connected();
        join(peer, namespace, "{}");
        return peer;
    }

    /// Joins and returns the server's answer.
    public String join(RawClient peer, String namespace, String auth) {
        var prefix = namespace.equals("/") ? "" : namespace + ",";
        peer.sendText("40" + prefix + auth);
        var answer = peer.readFrame().text();
        assertThat(answer).startsWith("40" + prefix + "{");
        return answer;
    }

    @Override
    public void close() {
        peers.forEach(RawClient::close);
        server.close(Duration.ZERO).toCompletableFuture().join();
    }
}
