package waybill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
    void theRoomsThatASocketJoinsAndLeavesAreReported() {
        var reported = new LinkedBlockingQueue<String>();
        server.of("/")
                .onJoinRoom((socket, room) ->
                        reported.add("joined " + room + " " + socket.rooms().contains(room)))
                .onLeaveRoom((socket, room) ->
                        reported.add("left " + room + " " + socket.rooms().contains(room)))
                .onConnection(socket -> {
                    socket.join("one", "two", socket.id());
                    socket.join("two");
                    server.of("/").to("one").socketsJoin("three");
                    socket.leave("two", "never");
                })
                .onDisconnect((_, reason) -> reported.add(reason.wireName()));
        try (var peer = joined("")) {
            peer.sendText("41");
            assertThat(nextOf(reported, 7))
                    .containsExactly(
                            "joined one true",
                            "joined two true",
                            "joined three true",
                            "left two false",
                            "left one false",
                            "left three false",
                            "client namespace disconnect");
        }
    }

    private static List<String> nextOf(BlockingQueue<String> queue, int count) {
        return Stream.generate(() -> {
                    try {
                        return String.valueOf(queue.poll(60, TimeUnit.SECONDS));
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                })
                .limit(count)
                .toList();
    }

    @Test
    void theSocketsOfAConnectionShareItsPublicName() {
        server.of("/").onConnection(socket -> socket.emit("is", socket.connectionId()));
        server.of("/other").onConnection(socket -> socket.emit("is", socket.connectionId()));
        try (var one = joined("");
                var two = joined("")) {
            var id = one.readFrame().text();
            one.sendText("40/other,");
            assertThat(one.readFrame().text()).startsWith("40/other,{");
            assertThat(one.readFrame().text()).isEqualTo(id.replace("42[", "42/other,["));
            assertThat(two.readFrame().text()).startsWith("42[\"is\",\"").isNotEqualTo(id);
        }
    }

    @Test
    void messagesAreCountedWhileThatIsAskedFor() {
        server.of("/").on("ask", (socket, args, _) -> {
            socket.emit("å", args.string(0));
            server.of("/").emit("to all", true);
        });
        try (var peer = joined("")) {
            peer.sendText("42[\"ask\",\"1\"]");
            assertThat(List.of(peer.readFrame().text(), peer.readFrame().text()))
                    .containsExactlyInAnyOrder("42[\"å\",\"1\"]", "42[\"to all\",true]");
            assertThat(server.traffic()).isEqualTo(new Traffic(1, 0, 0, 0, 0, 0));
            server.countTraffic(true);
            peer.sendText("42[\"ask\",\"ø\"]");
            assertThat(List.of(peer.readFrame().text(), peer.readFrame().text()))
                    .containsExactlyInAnyOrder("42[\"å\",\"ø\"]", "42[\"to all\",true]");
            assertThat(server.traffic()).isEqualTo(new Traffic(1, 0, 1, 13, 2, 15 + 19));
            server.countTraffic(false);
            peer.sendText("42[\"ask\",\"1\"]");
            peer.readFrame();
            peer.readFrame();
            assertThat(server.traffic().packetsReceived()).isOne();
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
