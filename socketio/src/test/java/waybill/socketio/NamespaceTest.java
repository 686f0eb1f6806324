package waybill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.socketio.wire.RawClient;

/// What an application can register once for all sockets of a namespace.
class NamespaceTest {

    private final SocketServer server = new SocketServer(Config.defaults());
    private final int port;

    NamespaceTest() {
        port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .getPort();
    }

    @AfterEach
    void stop() {
        server.close(Duration.ZERO);
    }

    private RawClient joined(String auth) {
        var peer = RawClient.openWebSocket(port, "/socket.io/?EIO=4&transport=websocket");
        assertThat(peer.readFrame().text()).startsWith("0{");
        peer.sendText("40" + auth);
        assertThat(peer.readFrame().text()).startsWith("40{");
        return peer;
    }

    @Test
    void aNamespaceFilterAppliesToEverySocket() {
        server.of("/").filter((_, event, args, ack) -> {
            ack.send(event, args.string(0));
            return event.equals("wanted");
        });
        server.of("/").on("wanted", (socket, args, _) -> socket.emit("handled", args.string(0)));
        server.of("/").on("unwanted", (socket, _, _) -> socket.emit("handled", "all the same"));
        for (var name : new String[] {"one", "two"}) {
            try (var peer = joined("")) {
                peer.sendText("420[\"unwanted\",\"" + name + "\"]");
                assertThat(peer.readFrame().text()).isEqualTo("430[\"unwanted\",\"" + name + "\"]");
                peer.sendText("421[\"wanted\",\"" + name + "\"]");
                assertThat(peer.readFrame().text()).isEqualTo("431[\"wanted\",\"" + name + "\"]");
                assertThat(peer.readFrame().text()).isEqualTo("42[\"handled\",\"" + name + "\"]");
            }
        }
    }

    @Test
    void theAuthOfAClientCanBeCleared() {
        server.of("/").onConnection(socket -> {
            socket.emit("sent", socket.handshake().auth().get("token"));
            socket.handshake().clearAuth();
            socket.emit(
                    "kept", socket.handshake().authJson(), socket.handshake().query("EIO"));
        });
        try (var peer = joined("{\"token\":\"secret\"}")) {
            assertThat(peer.readFrame().text()).isEqualTo("42[\"sent\",\"secret\"]");
            assertThat(peer.readFrame().text()).isEqualTo("42[\"kept\",\"{}\",\"4\"]");
        }
    }
}
